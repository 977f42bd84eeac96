import { createContext, use } from 'react'
import type { Certainty } from '#shared/money-schema.ts'
import { type Amount as AmountOf, formatAmount, isUnpriced, withFigure } from '#shared/money.ts'
import { plural, t } from '#shared/translate.ts'

interface AmountProps {
  of: AmountOf
  className?: string
}

/** True where only demo usage is shown: amounts are figures instead of `demo`. */
export const DemoFigures = createContext(false)

export function Amount({ of, className = '' }: AmountProps) {
  const shown = use(DemoFigures) ? withFigure(of) : of
  return (
    <span className={`tabular-nums ${className}`} title={amountLabel(of)}>
      {formatAmount(shown)}
    </span>
  )
}

export function amountLabel(amount: AmountOf): string {
  const { certainty, unpricedCalls = 0, demo } = amount
  if (demo) return t`Answered by the demo: you are not billed`
  if (isUnpriced(amount)) return CERTAINTY_LABELS.unknown
  if (unpricedCalls === 0) return CERTAINTY_LABELS[certainty]
  const calls = plural(unpricedCalls, {
    one: t`1 model call`,
    other: t`${unpricedCalls} model calls`,
  })
  return t`At least this much: ${calls} without a price`
}

export const CERTAINTY_LABELS: Record<Certainty, string> = {
  reported: t`Reported by the provider`,
  computed: t`Computed from reported tokens × dated price`,
  estimated: t`Estimated`,
  unknown: t`No price`,
}
