import type { ReactNode } from 'react'
import type { Totals } from '#shared/ledger.ts'
import { Amount, amountInWords } from '../ui/amount.tsx'
import { formatTokens, Tokens } from '../ui/tokens.tsx'

export function UsageTotals({ totals }: { totals: Totals }) {
  const { cachedInputTokens, inputTokens, reasoningTokens } = totals
  const cached = inputTokens === 0 ? 0 : Math.round((cachedInputTokens / inputTokens) * 100)
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-line md:grid-cols-4">
      <Figure name="Spent" note={amountInWords(totals)}>
        <Amount of={totals} />
      </Figure>
      <Figure name="Model calls" note={unpriced(totals.unpricedCalls)}>
        <span className="tabular-nums">{totals.calls.toLocaleString('en-US')}</span>
      </Figure>
      <Figure name="Input tokens" note={`${cached} % from the cache`}>
        <Tokens count={inputTokens} />
      </Figure>
      <Figure name="Output tokens" note={`${formatTokens(reasoningTokens)} of them reasoning`}>
        <Tokens count={totals.outputTokens} />
      </Figure>
    </dl>
  )
}

function unpriced(calls: number): string {
  return calls === 0 ? 'All of them priced' : `${formatTokens(calls)} without a price`
}

function Figure({ name, note, children }: { name: string; note: string; children: ReactNode }) {
  return (
    <div className="bg-surface px-4 py-3">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="text-xl font-semibold tracking-tight">{children}</dd>
      <dd className="text-xs text-muted">{note}</dd>
    </div>
  )
}
