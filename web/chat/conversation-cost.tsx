import type { Conversation } from '#shared/conversation.ts'
import { addTotals } from '#shared/add-totals.ts'
import { isImported } from '#shared/money.ts'
import type { Totals } from '#shared/totals.ts'
import { Amount } from '../ui/amount.tsx'
import { lazyPart, Nothing } from '../ui/lazy-part.tsx'
import { useStore } from '../ui/store.ts'
import { formatTokens } from '../ui/tokens.tsx'
import type { LiveRun } from './live-run.ts'
import { t } from '#shared/translate.ts'

const CostButton = lazyPart(() => import('./cost-button.tsx'), 'CostButton', { failed: Nothing })

interface ConversationCostProps {
  conversation: Conversation
  live: LiveRun | null
  /** An answer is asked for or written. */
  running: boolean
  /** The page has had time to load what only the next step needs. */
  settled: boolean
}

/** A billed cost also replaces that of the demo. */
function isNewer(running: Totals, stored: Totals): boolean {
  return running.calls > stored.calls || (stored.demo === true && !running.demo)
}

/** Grows with every model call that is paid, and with what is known of the one under way. */
export function ConversationCost({ conversation, live, running, settled }: ConversationCostProps) {
  const newest = useStore(live, () => live?.conversationTotals() ?? null)
  const pending = useStore(live, () => live?.pendingTotals() ?? null)
  const { id, totals: stored } = conversation
  const booked = newest !== null && isNewer(newest, stored) ? newest : stored
  const totals = pending === null ? booked : addTotals(booked, pending)
  return (
    <div className="relative flex h-8 shrink-0 items-center rounded-lg px-2 transition-colors hover:bg-sunken max-sm:px-1 pointer-coarse:h-11">
      <output aria-label={t`Conversation cost`} className="flex items-baseline gap-2 text-sm">
        {running && totals.calls === 0 ? (
          <span className="text-muted">…</span>
        ) : totals.calls === 0 && conversation.messages.length > 0 && !isImported(totals) ? (
          // Like a branch, whose messages are billed in the original.
          <span className="text-xs text-muted">{t`Nothing spent here`}</span>
        ) : isImported(totals) ? (
          <span className="text-xs text-muted">{t`Imported, no cost known`}</span>
        ) : (
          <>
            <Amount of={totals} className="font-medium" />{' '}
            <span className="text-xs text-muted tabular-nums max-sm:sr-only">
              · {pending !== null && '≈'}
              {t`${formatTokens(totals.inputTokens + totals.outputTokens)} tokens`}
            </span>
          </>
        )}
      </output>
      {settled && <CostButton conversationId={id} totals={totals} />}
    </div>
  )
}
