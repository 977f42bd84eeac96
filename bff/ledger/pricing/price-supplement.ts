// Corrections and additions to the price book, each with its source and the date it was checked.
// Rates are ratios of the standard rate, so that a dated price change carries over.
import { english } from '#shared/translate.ts'

export interface Ratio {
  numerator: bigint
  denominator: bigint
  /** A label for the tier and the source of its rate. */
  tier: string
  source: string
}

const TIER_SOURCE = 'LiteLLM price table, 2026-07-24'
const REGION_SOURCE = 'LiteLLM price table, 2026-07-24'

/** OpenAI bills flex at half of every rate, the long-context ones included. */
const FLEX_MODELS = new Set([
  'o3',
  'o4-mini',
  'gpt-5',
  'gpt-5-mini',
  'gpt-5-nano',
  'gpt-5.4',
  'gpt-5.4-mini',
  'gpt-5.4-nano',
  'gpt-5.4-pro',
  'gpt-5.5',
  'gpt-5.5-pro',
  'gpt-5.6-luna',
  'gpt-5.6-sol',
  'gpt-5.6-terra',
])

const PRIORITY_RATIOS: Record<string, [bigint, bigint]> = {
  'gpt-4o': [17n, 10n],
  'gpt-4o-2024-05-13': [7n, 4n],
  'gpt-4o-mini': [5n, 3n],
  'gpt-4.1': [7n, 4n],
  'gpt-4.1-mini': [7n, 4n],
  'gpt-4.1-nano': [2n, 1n],
  o3: [7n, 4n],
  'o4-mini': [20n, 11n],
  'gpt-5': [2n, 1n],
  'gpt-5-mini': [9n, 5n],
  'gpt-5.1': [2n, 1n],
  'gpt-5.1-codex-mini': [9n, 5n],
  'gpt-5.2': [2n, 1n],
  'gpt-5.3': [2n, 1n],
  'gpt-5.3-codex': [2n, 1n],
  'gpt-5.4': [2n, 1n],
  'gpt-5.4-mini': [2n, 1n],
  'gpt-5.5': [2n, 1n],
  'gpt-5.6-luna': [2n, 1n],
  'gpt-5.6-sol': [2n, 1n],
  'gpt-5.6-terra': [2n, 1n],
}

const REGION_MODELS = /^gpt-5\.[456](-|$)/

const STANDARD_TIERS = new Set(['default', 'standard', 'auto', 'on_demand'])

/** Returns true if the returned tier is billed at the list's own rates. */
export function isStandardTier(serviceTier: string | null): boolean {
  return serviceTier === null || STANDARD_TIERS.has(serviceTier)
}

/** Returns null if no trusted source prices this tier. */
export function tierRatio(
  provider: string,
  model: string,
  serviceTier: string,
  longContext: boolean,
): Ratio | null {
  if (provider !== 'openai') return null
  if (serviceTier === 'flex' && FLEX_MODELS.has(model)) {
    return { numerator: 1n, denominator: 2n, tier: 'flex', source: TIER_SOURCE }
  }
  const isPriority = serviceTier === 'priority' || serviceTier === 'fast'
  const ratio = PRIORITY_RATIOS[model]
  if (!isPriority || ratio === undefined || longContext) return null
  return { numerator: ratio[0], denominator: ratio[1], tier: 'priority', source: TIER_SOURCE }
}

/** OpenAI's data-residency endpoints cost 10 % more from GPT-5.4 on. */
export function regionRatio(provider: string, model: string, region: string): Ratio | null {
  if (provider !== 'openai' || !REGION_MODELS.test(model)) return null
  const tier = english`${region.toUpperCase()} data residency`
  return { numerator: 11n, denominator: 10n, tier, source: REGION_SOURCE }
}

/**
 * The book starts OpenAI's long-context tier at exactly 272,000 input tokens for the models before
 * GPT-6; OpenAI says "more than 272K" (pydantic/genai-prices#711, open since 2026-09-22).
 */
export function thresholdOf(provider: string, start: number): number {
  const isOpenAi = provider === 'openai' || provider === 'azure'
  return isOpenAi && start === 271_999 ? 272_000 : start
}

/**
 * DeepSeek's V4 models have peak hours since 2026-08-17, and since 2026-08-23 none at weekends,
 * Beijing time. The book cannot express either (pydantic/genai-prices#582) and lists peaks every day.
 */
export function hasPeakHours(provider: string, model: string, at: Date): boolean {
  if (provider !== 'deepseek' || !model.startsWith('deepseek-v4-')) return true
  if (at < new Date('2026-08-17T00:00:00Z')) return false
  const weekday = new Date(at.getTime() + 8 * 3_600_000).getUTCDay()
  const isWeekend = weekday === 0 || weekday === 6
  return !isWeekend || at < new Date('2026-08-22T16:00:00Z')
}
