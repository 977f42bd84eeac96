import { useState } from 'react'
import type { Conversation } from '#shared/conversation.ts'
import { Amount, amountInWords } from '../ui/amount.tsx'
import { DialogNotLoaded } from '../ui/dialog-not-loaded.tsx'
import { later } from '../ui/later.tsx'
import { useStore } from '../ui/store.ts'
import { formatTokens } from '../ui/tokens.tsx'
import type { LiveRun } from './live-run.ts'

const ChatPageBilled = later(() => import('./chat-page-billed.tsx'), 'ChatPageBilled', {
  failed: DialogNotLoaded,
})

interface ConversationCostProps {
  conversation: Conversation
  live: LiveRun | null
}

/** Grows with every model call that is paid, while the answer goes on. */
export function ConversationCost({ conversation, live }: ConversationCostProps) {
  const [open, setOpen] = useState(false)
  const running = useStore(live, () => live?.conversationTotals() ?? null)
  const stored = conversation.totals
  const totals = running !== null && running.calls > stored.calls ? running : stored
  return (
    <div className="relative flex h-8 shrink-0 items-center rounded-lg px-2 max-sm:px-1 transition-colors hover:bg-sunken pointer-coarse:h-11">
      <output aria-label="Conversation cost" className="flex items-baseline gap-2 text-sm">
        <Amount of={totals} className="font-medium" />
        <span className="text-xs text-muted tabular-nums max-sm:sr-only">
          {formatTokens(totals.inputTokens + totals.outputTokens)} tokens
        </span>
      </output>
      {/* Beside the status and not around it: what is in a button is no status. */}
      <button
        type="button"
        aria-label="Billed: what this conversation has cost"
        aria-haspopup="dialog"
        title={amountInWords(totals)}
        className="absolute inset-0 rounded-lg"
        onClick={() => setOpen(true)}
      />
      {open && <ChatPageBilled conversationId={conversation.id} onOpenChange={setOpen} />}
    </div>
  )
}
