// What the height of a bar shows: money, or tokens when nothing has a cost.
import { formatUsd } from '#shared/money.ts'
import { formatTokens } from '../ui/tokens.tsx'
import type { Part } from './spend-columns.ts'

export type Measure = 'money' | 'tokens'

export function measured(measure: Measure, part: Part): number {
  return measure === 'money' ? (part.costNanoUsd ?? 0) : part.tokens
}

export function formatMeasured(measure: Measure, amount: number): string {
  return measure === 'money' ? formatUsd(Math.round(amount)) : `${formatTokens(amount)} tokens`
}
