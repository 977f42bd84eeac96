import type { ModelCall } from '#shared/ledger.ts'
import { Dialog } from '../ui/dialog.tsx'
import { CallCard } from './call-card.tsx'
import { ReceiptDialog } from './receipt-dialog.tsx'

interface CallReceiptProps {
  call: ModelCall
  onClose: () => void
}

/** The receipt that a call is on; one that belongs to no answer is its own. */
export function CallReceipt({ call, onClose }: CallReceiptProps) {
  if (call.runId !== null) return <ReceiptDialog runId={call.runId} open onOpenChange={onClose} />
  return (
    <Dialog open onOpenChange={onClose} title="Receipt">
      <CallCard call={call} />
    </Dialog>
  )
}
