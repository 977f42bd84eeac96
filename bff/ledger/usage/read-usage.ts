// Reads what a request used from any server's report. Null is never zero: an unreported count stays
// null, and a report of only zeros is ignored. Counts are converted to one layout (cache inside
// input, reasoning inside output) but never corrected: if the server's total does not add up, the
// row is flagged.
import type { CallFlag } from '#shared/ledger.ts'
import { divide, nanoUsd, scaled } from '#shared/decimal.ts'
import { RawUsage } from './raw-usage.ts'
import { type Dialect, DIALECTS, isGeneration, type Layout, type Parts } from './usage-dialects.ts'

export interface Usage {
  dialect: string
  /** All input tokens, including cached and cache-write tokens. */
  inputTokens: number | null
  cachedInputTokens: number | null
  cacheWriteTokens: number | null
  /** The part of `cacheWriteTokens` that is cached for an hour, at its own price. */
  longCacheWriteTokens: number | null
  /** All output tokens, including reasoning. */
  outputTokens: number | null
  reasoningTokens: number | null
  audioInputTokens: number | null
  audioOutputTokens: number | null
  citationTokens: number | null
  webSearches: number | null
  /** The amount that the provider reports. */
  reportedNanoUsd: bigint | null
  flags: CallFlag[]
}

export const NO_USAGE: Usage = {
  dialect: 'none',
  inputTokens: null,
  cachedInputTokens: null,
  cacheWriteTokens: null,
  longCacheWriteTokens: null,
  outputTokens: null,
  reasoningTokens: null,
  audioInputTokens: null,
  audioOutputTokens: null,
  citationTokens: null,
  webSearches: null,
  reportedNanoUsd: null,
  flags: [],
}

/** Returns null if the server reported nothing. For `provider`, see `Dialect.speaks`. */
export function readUsage(raw: unknown, provider: string | null): Usage | null {
  const parsed = RawUsage.safeParse(raw)
  if (!parsed.success) return null
  const dialect = DIALECTS.find(({ speaks }) => speaks(parsed.data, provider)) ?? DIALECTS[0]
  const parts = withoutEmptyReport(dialect.parts(parsed.data))
  const reportedNanoUsd = readCost(parsed.data)
  if (parts === null && reportedNanoUsd === null) return null
  const usage = parts === null ? NO_USAGE : normalised(dialect, parts)
  return { ...usage, reportedNanoUsd }
}

function withoutEmptyReport(parts: Parts): Parts | null {
  const { input, cached, cacheWrite, output, reasoning, total } = parts
  if (![input, cached, cacheWrite, output, reasoning, total].some((n) => n !== null && n > 0)) {
    return null
  }
  // Ollama reports zero prompt tokens if all were cached. No request has zero input.
  return input === 0 && (output ?? 0) > 0 ? { ...parts, input: null } : parts
}

function normalised(dialect: Dialect, parts: Parts): Usage {
  const layout = dialect.layouts.find((candidate) => fits(candidate, parts))
  const { cache, reasoning } = layout ?? dialect.layouts[0]
  const outside = (parts.cached ?? 0) + (parts.cacheWrite ?? 0)
  const thought = reasoning === 'surplus' ? surplus(parts) : parts.reasoning
  const inputTokens = plus(parts.input, cache === 'outside' ? outside : 0)
  const outputTokens = plus(parts.output, reasoning === 'inside' ? 0 : (thought ?? 0))
  const flags: CallFlag[] = []
  if (layout === undefined && parts.total !== null) flags.push('total_mismatch')
  if (exceeds(outside, inputTokens) || exceeds(thought ?? 0, outputTokens)) {
    flags.push('parts_exceed_whole')
  }
  return {
    dialect: dialect.name,
    inputTokens,
    cachedInputTokens: parts.cached,
    cacheWriteTokens: parts.cacheWrite,
    longCacheWriteTokens: parts.longCacheWrite,
    outputTokens,
    reasoningTokens: thought,
    audioInputTokens: parts.audioInput,
    audioOutputTokens: parts.audioOutput,
    citationTokens: parts.citations,
    webSearches: parts.webSearches,
    reportedNanoUsd: null,
    flags,
  }
}

/** Returns true if the parts add up to the server's total in this layout, or could if there is none. */
function fits({ cache, reasoning }: Layout, parts: Parts): boolean {
  const { input, output, total } = parts
  const cached = (parts.cached ?? 0) + (parts.cacheWrite ?? 0)
  if (cache === 'inside' && exceeds(cached, input)) return false
  if (reasoning === 'inside' && exceeds(parts.reasoning ?? 0, output)) return false
  if (total === null || input === null || output === null) return true
  if (reasoning === 'surplus') return surplus(parts) !== null
  const apart = reasoning === 'apart' ? (parts.reasoning ?? 0) : 0
  return total === input + (cache === 'outside' ? cached : 0) + output + apart
}

function surplus({ input, output, total }: Parts): number | null {
  if (input === null || output === null || total === null) return null
  return total > input + output ? total - input - output : null
}

function plus(count: number | null, more: number): number | null {
  return count === null ? null : count + more
}

function exceeds(part: number, whole: number | null): boolean {
  return whole !== null && part > whole
}

/** Ten thousand dollars. No request costs more, so a larger amount is ignored. */
const MAX_NANO_USD = 10n ** 13n

function readCost(usage: RawUsage): bigint | null {
  const cost = costIn(usage)
  return cost === null || cost > MAX_NANO_USD ? null : cost
}

function costIn(usage: RawUsage): bigint | null {
  // xAI reports ticks: 10^10 are one dollar.
  if (usage.cost_in_usd_ticks !== null) return ticks(usage.cost_in_usd_ticks)
  const cost = isGeneration(usage) ? usage.total_cost : usage.cost
  if (cost === null) return null
  if (typeof cost === 'object') return cost.total_cost === null ? null : nanoUsd(cost.total_cost)
  const own = nanoUsd(cost)
  // OpenRouter with the user's own key: `cost` is its fee, and the upstream bills the user directly.
  if (own === null || !usage.is_byok) return own
  const upstream = usage.cost_details.upstream_inference_cost ?? usage.upstream_inference_cost
  const upstreamNano = upstream === null ? null : nanoUsd(upstream)
  return upstreamNano === null ? null : own + upstreamNano
}

function ticks(value: number | string): bigint | null {
  const whole = scaled(value, 0)
  return whole === null ? null : divide(whole, 10n)
}
