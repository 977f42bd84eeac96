import { useState } from 'react'
import { BilledDialog } from '../context/billed-dialog.tsx'
import { ConversationCacheNote } from '../receipt/cache-notes.tsx'
import { Button } from '../ui/button.tsx'
import { DialogNotLoaded } from '../ui/dialog-not-loaded.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { t } from '#shared/translate.ts'

const WhatIfDialog = lazyPart(() => import('../receipt/what-if-dialog.tsx'), 'WhatIfDialog', {
  failed: DialogNotLoaded,
})

interface ChatPageBilledProps {
  conversationId: string
  onOpenChange: (open: boolean) => void
}

export function ChatPageBilled({ conversationId, onOpenChange }: ChatPageBilledProps) {
  const [comparing, setComparing] = useState(false)
  return (
    <>
      <BilledDialog
        conversationId={conversationId}
        onOpenChange={onOpenChange}
        more={
          <>
            <ConversationCacheNote conversationId={conversationId} />
            <Button className="w-full" aria-haspopup="dialog" onClick={() => setComparing(true)}>
              {t`This conversation on other models`}
            </Button>
          </>
        }
      />
      {comparing && (
        <WhatIfDialog conversationId={conversationId} onClose={() => setComparing(false)} />
      )}
    </>
  )
}
