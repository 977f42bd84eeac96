import { useState } from 'react'
import type { Totals } from '#shared/totals.ts'
import { amountLabel } from '../ui/amount.tsx'
import { DialogNotLoaded } from '../ui/dialog-not-loaded.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { t } from '#shared/translate.ts'

const ChatPageBilled = lazyPart(() => import('./chat-page-billed.tsx'), 'ChatPageBilled', {
  failed: DialogNotLoaded,
})

interface CostButtonProps {
  conversationId: string
  totals: Totals
}

/** Lies over the status that says the amount: what is in a button is no status. */
export function CostButton({ conversationId, totals }: CostButtonProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        aria-label={t`Billed: what this conversation has cost`}
        aria-haspopup="dialog"
        title={amountLabel(totals)}
        className="absolute inset-0 rounded-lg"
        onClick={() => setOpen(true)}
      />
      {open && <ChatPageBilled conversationId={conversationId} onOpenChange={setOpen} />}
    </>
  )
}
