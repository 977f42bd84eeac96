import type { ReactNode } from 'react'
import type { Totals } from '#shared/ledger.ts'
import { isUnpriced } from '#shared/money.ts'
import type { Certainty } from '#shared/money-schema.ts'
import { Amount } from '../ui/amount.tsx'
import { formatTokens, Tokens } from '../ui/tokens.tsx'
import { compareAmounts, compareCounts, type Earlier } from './comparison.ts'
import { language, t } from '#shared/translate.ts'

interface UsageTotalsProps {
  totals: Totals
  /** Null if there is nothing to compare with, or it is not loaded yet. */
  earlier: Earlier | null
}

export function UsageTotals({ totals, earlier }: UsageTotalsProps) {
  const { cachedInputTokens, inputTokens, reasoningTokens } = totals
  const cached = inputTokens === 0 ? 0 : Math.round((cachedInputTokens / inputTokens) * 100)
  const than = (count: (of: Totals) => number): string | null =>
    earlier && compareCounts(count(totals), count(earlier.totals), earlier)
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Figure
        name={t`Spent`}
        note={certaintyLabel(totals)}
        change={earlier && compareAmounts(totals, earlier)}
      >
        <Amount of={totals} />
      </Figure>
      <Figure
        name={t`Model calls`}
        note={unpriced(totals.unpricedCalls)}
        change={than((of) => of.calls)}
      >
        <span className="tabular-nums">{totals.calls.toLocaleString(language())}</span>
      </Figure>
      <Figure
        name={t`Input tokens`}
        note={t`${cached} % from the cache`}
        change={than((of) => of.inputTokens)}
      >
        <Tokens count={inputTokens} />
      </Figure>
      <Figure
        name={t`Output tokens`}
        note={t`${formatTokens(reasoningTokens)} of them reasoning`}
        change={than((of) => of.outputTokens)}
      >
        <Tokens count={totals.outputTokens} />
      </Figure>
    </dl>
  )
}

function certaintyLabel(totals: Totals): string {
  if (isUnpriced(totals)) return t`No price`
  return totals.unpricedCalls > 0 ? t`At least this much` : CERTAINTY_LABELS[totals.certainty]
}

const CERTAINTY_LABELS: Record<Certainty, string> = {
  reported: t`Reported by providers`,
  computed: t`Computed from tokens`,
  estimated: t`Some of it estimated`,
  unknown: t`No price`,
}

function unpriced(calls: number): string {
  return calls === 0 ? t`All of them priced` : t`${formatTokens(calls)} without a price`
}

interface FigureProps {
  name: string
  note: string
  change: string | null
  children: ReactNode
}

function Figure({ name, note, change, children }: FigureProps) {
  return (
    <div className="rounded-xl border border-line bg-surface px-4 py-3.5">
      <dt className="text-[13px] text-muted">{name}</dt>
      <dd className="py-0.5 text-2xl font-semibold tracking-tight">{children}</dd>
      <dd className="text-xs text-muted">{note}</dd>
      {change !== null && <dd className="text-xs text-muted">{change}</dd>}
    </div>
  )
}
