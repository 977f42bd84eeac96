import { type Amount as AmountOf, formatAmount, isUnpriced } from '#shared/money.ts'
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

export function amountInWords(amount: AmountOf): string {
  const { certainty, unpricedCalls = 0 } = amount
  if (isUnpriced(amount)) return CERTAINTY_WORDS.unknown
  if (unpricedCalls === 0) return CERTAINTY_WORDS[certainty]
  const calls = unpricedCalls === 1 ? '1 model call' : `${unpricedCalls} model calls`
  return `At least this much: ${calls} without a price`
}
