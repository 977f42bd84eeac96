import type { Totals } from '#shared/totals.ts'
import { ReceiptDialog } from '../receipt/receipt-dialog.tsx'
import { useStore } from '../ui/store.ts'
import type { LiveRun } from './live-run.ts'

interface ChatPageReceiptProps {
  runId: string
  live: LiveRun | null
  onClose: () => void
}

export function ChatPageReceipt({ runId, live, onClose }: ChatPageReceiptProps) {
  const calls = useStore(live, () => callsOf(runId, live))
  const pending = useStore(live, () => pendingOf(runId, live))
  return (
    <ReceiptDialog runId={runId} open onOpenChange={onClose} version={calls} pending={pending} />
  )
}

/** A receipt that is open while its run goes on grows with every model call. */
function callsOf(runId: string, live: LiveRun | null): number {
  const message = live?.snapshot()
  return message?.runId === runId ? (message.totals?.calls ?? 0) : 0
}

function pendingOf(runId: string, live: LiveRun | null): Totals | null {
  return live?.snapshot()?.runId === runId ? live.pendingTotals() : null
}
