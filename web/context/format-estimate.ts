// Formats what the next request would carry and cost.
import { formatCeiling } from '#shared/notice-sentences.ts'
import type { RequestEstimate } from '#shared/estimate.ts'
import { formatUsd, withDecimalSign } from '#shared/money.ts'
import { modelProviderLabel } from '../ui/model-provider-label.ts'
import { formatTokens } from '../ui/tokens.tsx'
import { t } from '#shared/translate.ts'

/** Returns "≈ 12,400 tokens", without the mark if the provider counted them. */
export function formatInputTokens({ inputTokens, certainty }: RequestEstimate): string {
  const mark = certainty === 'reported' ? '' : '≈ '
  return mark + t`${formatTokens(inputTokens)} tokens`
}

/** Returns "gpt-4.1-mini (openai) answers next: " if the model changes. */
export function formatChange(
  after: RequestEstimate,
  before: { provider: string; model: string } | null,
): string {
  const isSame = before?.provider === after.provider && before.model === after.model
  if (before === null || isSame) return ''
  return `${t`${modelProviderLabel(after)} answers next:`} `
}

/** Returns "≈ $0.0031", "≈ $0.0031, could cost up to $0.0082", "free", "unpriced" or "demo". */
export function formatCost({ cost, price }: RequestEstimate): string {
  if (price?.origin === 'demo') return t`demo`
  if (cost === null) return t`unpriced`
  const { expectedNanoUsd, maxNanoUsd } = cost
  if (expectedNanoUsd === 0 && !maxNanoUsd) return t`free`
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
    return t`Longer than this model’s window of ${formatTokens(window)} tokens.`
  }
  if (threshold === null) return null
  const { fromTokens, reached, times } = threshold
  const isDouble = times === 2
  const factor = withDecimalSign(times.toFixed(2).replace(/\.?0+$/, ''))
  if (reached) {
    return isDouble
      ? t`At this length the whole request costs double.`
      : t`At this length the whole request costs ${factor} times as much.`
  }
  // As price lists say it.
  if ((fromTokens - 1) % 1000 === 0) {
    const above = formatTokens(fromTokens - 1)
    return isDouble
      ? t`Above ${above} tokens it all costs double.`
      : t`Above ${above} tokens it all costs ${factor} times as much.`
  }
  const from = formatTokens(fromTokens)
  return isDouble
    ? t`From ${from} tokens on it all costs double.`
    : t`From ${from} tokens on it all costs ${factor} times as much.`
}
