import { type Amount as AmountOf, formatAmount } from '#shared/money.ts'
import { CERTAINTY_WORDS } from './certainty.ts'

interface AmountProps {
  of: AmountOf
  className?: string
}

export function Amount({ of, className = '' }: AmountProps) {
  return (
    <span className={`tabular-nums ${className}`} title={amountInWords(of)}>
      {formatAmount(of)}
    </span>
  )
}

export function amountInWords({ certainty, costNanoUsd, unpricedCalls = 0 }: AmountOf): string {
  if (costNanoUsd === null) return CERTAINTY_WORDS.unknown
  if (unpricedCalls === 0) return CERTAINTY_WORDS[certainty]
  const calls = unpricedCalls === 1 ? '1 model call' : `${unpricedCalls} model calls`
  return `At least this much: ${calls} without a price`
}
