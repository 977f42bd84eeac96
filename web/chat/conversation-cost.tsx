import type { Totals } from '#shared/ledger.ts'
import { Amount } from '../ui/amount.tsx'
import { useStore } from '../ui/store.ts'
import { formatTokens } from '../ui/tokens.tsx'
import type { LiveRun } from './live-run.ts'

/** Grows with every model call that is paid, while the answer goes on. */
export function ConversationCost({ stored, live }: { stored: Totals; live: LiveRun | null }) {
  const running = useStore(live, () => live?.conversationTotals() ?? null)
  const totals = running !== null && running.calls > stored.calls ? running : stored
  return (
    <output aria-label="Conversation cost" className="flex shrink-0 items-baseline gap-2 text-sm">
      <Amount of={totals} className="font-medium" />
      <span className="text-xs text-muted tabular-nums">
        {formatTokens(totals.inputTokens + totals.outputTokens)} tokens
      </span>
    </output>
  )
}
