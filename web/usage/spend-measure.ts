// What the height of a bar shows: money, or tokens when nothing has a cost.
import { formatUsd } from '#shared/money.ts'
import { formatTokens } from '../ui/tokens.tsx'
import type { Part } from './spend-columns.ts'
import { t } from '#shared/translate.ts'

export type Measure = 'money' | 'tokens'

export function measured(measure: Measure, part: Part): number {
  return measure === 'money' ? (part.costNanoUsd ?? 0) : part.tokens
}

/** Beside an axis that says what it measures. */
export function formatLevel(measure: Measure, amount: number): string {
  return measure === 'money' ? formatUsd(Math.round(amount)) : formatTokens(amount)
}

export function formatMeasured(measure: Measure, amount: number): string {
  const level = formatLevel(measure, amount)
  return measure === 'money' ? level : t`${level} tokens`
}
