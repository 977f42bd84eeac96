import type { ModelCall } from '#shared/ledger.ts'
import { Dialog } from '../ui/dialog.tsx'
import { CallCard } from './call-card.tsx'
import { ReceiptDialog } from './receipt-dialog.tsx'
import { t } from '#shared/translate.ts'

interface CallReceiptProps {
  call: ModelCall
  onClose: () => void
}

/** The receipt of the answer that the call belongs to, or of the call alone. */
export function CallReceipt({ call, onClose }: CallReceiptProps) {
  if (call.runId !== null) return <ReceiptDialog runId={call.runId} open onOpenChange={onClose} />
  return (
    <Dialog open onOpenChange={onClose} title={t`Receipt`}>
      <CallCard call={call} />
    </Dialog>
  )
}
