// Formats what the next request would carry and cost.
import { formatCeiling } from '#shared/notice-sentences.ts'
import type { RequestEstimate } from '#shared/estimate.ts'
import { formatUsd } from '#shared/money.ts'
import { modelProviderLabel } from '../ui/model-provider-label.ts'
import { formatTokens } from '../ui/tokens.tsx'

/** Returns "≈ 12,400 tokens", without the mark if the provider counted them. */
export function formatInputTokens({ inputTokens, certainty }: RequestEstimate): string {
  const mark = certainty === 'reported' ? '' : '≈ '
  return `${mark}${formatTokens(inputTokens)} tokens`
}

/** Returns "gpt-4.1-mini (openai) answers next: " if the model changes. */
export function formatChange(
  after: RequestEstimate,
  before: { provider: string; model: string } | null,
): string {
  const isSame = before?.provider === after.provider && before.model === after.model
  if (before === null || isSame) return ''
  return `${modelProviderLabel(after)} answers next: `
}

/** Returns "≈ $0.0031", "≈ $0.0031, could cost up to $0.0082", "free", "unpriced" or "demo". */
export function formatCost({ cost, price }: RequestEstimate): string {
  if (price?.origin === 'demo') return 'demo'
  if (cost === null) return 'unpriced'
  const { expectedNanoUsd, maxNanoUsd } = cost
  if (expectedNanoUsd === 0 && !maxNanoUsd) return 'free'
  const expected = `≈ ${formatUsd(roundedToTwoDigits(expectedNanoUsd))}`
  return maxNanoUsd === null ? expected : `${expected}, ${formatCeiling(maxNanoUsd)}`
}

/** Rounds, so that an estimate does not look exact. */
function roundedToTwoDigits(nanoUsd: number): number {
  if (nanoUsd === 0) return 0
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(nanoUsd)) - 1)
  return Math.round(nanoUsd / unit) * unit
}

/** Returns a warning before sending, or null. */
export function formatWarning(estimate: RequestEstimate): string | null {
  const { inputTokens, window, threshold } = estimate
  if (window !== null && inputTokens > window) {
    return `Longer than this model’s window of ${formatTokens(window)} tokens.`
  }
  if (threshold === null) return null
  const { fromTokens, reached, times } = threshold
  return reached
    ? `At this length the whole request costs ${formatTimes(times)}.`
    : `${formatLength(fromTokens)} it all costs ${formatTimes(times)}.`
}

/** Formats a threshold the way price lists do: "Above 272,000" or "From 200,000 on". */
function formatLength(fromTokens: number): string {
  return (fromTokens - 1) % 1000 === 0
    ? `Above ${formatTokens(fromTokens - 1)} tokens`
    : `From ${formatTokens(fromTokens)} tokens on`
}

function formatTimes(times: number): string {
  if (times === 2) return 'double'
  return `${times.toFixed(2).replace(/\.?0+$/, '')} times as much`
}
