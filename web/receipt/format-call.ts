// Formats a ledger row.
import type {
  CallCorrection,
  CallFlag,
  CorrectionReason,
  ModelCall,
  PriceOrigin,
  Purpose,
} from '#shared/ledger.ts'
import type { Totals } from '#shared/totals.ts'
import { visibleText } from '#shared/visible-text.ts'
import { amountLabel } from '../ui/amount.tsx'
import { formatTokens } from '../ui/tokens.tsx'
import { exactUsd } from '#shared/exact-usd.ts'

export const PURPOSE_LABELS: Record<Purpose, string> = {
  chat: 'Answer',
  title: 'Title',
  summary: 'Summary',
  query: 'Query',
  guardrail: 'Guardrail',
  router: 'Router',
  count: 'Token count',
  check: 'Endpoint check',
}

const ORIGIN_LABELS: Record<PriceOrigin, string> = {
  provider_reported: 'The provider named the amount',
  provider_list: 'The provider’s own list',
  maker_list: 'The list of the model’s maker, because this address is a proxy',
  local: 'A local server: costs nothing',
  demo: 'The price of the demo',
  override: 'Set by you',
}

export const FLAG_LABELS: Record<CallFlag, string> = {
  total_mismatch: 'The total the provider reported is not the sum of its parts.',
  parts_exceed_whole: 'The provider reported parts larger than the whole they belong to.',
  tier_unpriced: 'This service tier has no rate of its own: the standard rate was used.',
  resent:
    'The server had closed the kept-alive connection, so the request was sent again at once. It is counted once.',
  damaged: 'This row was changed or damaged in storage: its figures may be wrong.',
  tokens_unpriced: 'Some tokens or calls have no rate in the price book and are left out.',
}

const REASON_LABELS: Record<CorrectionReason, string> = {
  reprice: 'Priced again by you',
  undo: 'Pricing again was undone',
  finished_counting: 'Counted on after you stopped it',
  provider_lookup: 'The provider was asked again',
  recovered: 'Estimated from what was kept, after Tally was cut off',
}

/** Formats when and why a row changed and what that did to its amount. */
export function formatCorrection({ at, reason, costBefore, costAfter }: CallCorrection): string {
  const amounts =
    costBefore === costAfter
      ? 'the amount stayed'
      : `${usdOrUnpriced(costBefore)} became ${usdOrUnpriced(costAfter)}`
  return `${REASON_LABELS[reason]} on ${new Date(at).toLocaleString()}: ${amounts}`
}

function usdOrUnpriced(nanoUsd: number | null): string {
  return nanoUsd === null ? 'unpriced' : exactUsd(nanoUsd)
}

const NOT_BILLED = 'Not billed: the request failed'

export function formatCertainty(call: ModelCall): string {
  return isUnanswered(call) ? NOT_BILLED : amountLabel(call)
}

export function formatTotalCertainty(calls: ModelCall[], totals: Totals): string {
  const nothingDone = totals.calls === calls.length && calls.every(isUnanswered)
  return nothingDone ? NOT_BILLED : amountLabel(totals)
}

/** How far the amount of an answer can be relied on, in a word or two after it. */
export function formatExactness(calls: ModelCall[], totals: Totals): string {
  if (totals.demo) return 'you are not billed'
  if (formatTotalCertainty(calls, totals) === NOT_BILLED) return 'not billed'
  if (totals.costNanoUsd === null || totals.certainty === 'unknown') return 'no price known'
  if (totals.unpricedCalls > 0) return 'at least'
  return totals.certainty === 'estimated' ? 'estimated' : 'exact'
}

function isUnanswered({ status, costNanoUsd, price }: ModelCall): boolean {
  return status === 'failed' && costNanoUsd === 0 && price === null
}

export interface Fact {
  name: string
  value: string
  /** Spans two columns. */
  long?: boolean
}

/** Returns the known facts about a call besides its tokens and amounts. */
export function callFacts(call: ModelCall): Fact[] {
  const { price } = call
  return [
    longFact('Price', price && ORIGIN_LABELS[price.origin]),
    longFact('Price source', price?.source),
    fact('In force since', price?.effectiveFrom),
    fact('Tier', price?.tier ?? call.serviceTier),
    fact('Input', tokens(call, call.inputTokens)),
    fact('Output', tokens(call, call.outputTokens)),
    fact('Time to first token', call.ttftMs !== null && seconds(call.ttftMs)),
    fact('Speed', formatSpeed(call)),
    fact('Duration', seconds(call.durationMs)),
    fact('Finish reason', call.finishReason),
    longFact('Started', new Date(call.startedAt).toLocaleString()),
    longFact('Response id', call.responseId),
    longFact('Request id', call.requestId),
  ].filter((known) => known !== null)
}

/** Returns the model that answered, with the requested one if it differs. */
export function formatModel(call: ModelCall): string {
  if (call.modelReturned === null || call.modelReturned === call.modelRequested) {
    return visibleText(call.modelRequested)
  }
  return visibleText(`${call.modelReturned} (requested ${call.modelRequested})`)
}

type Known = string | null | undefined | false

function fact(name: string, value: Known): Fact | null {
  return value === null || value === undefined || value === false || value === ''
    ? null
    : { name, value: visibleText(value) }
}

function longFact(name: string, value: Known): Fact | null {
  const short = fact(name, value)
  return short && { ...short, long: true }
}

/** Returns ≈ for token counts that the provider did not report. */
export function approximateMark(call: ModelCall): '≈' | '' {
  const unreported = call.rawUsage === null || call.rawUsage === undefined
  return unreported || call.certainty === 'estimated' ? '≈' : ''
}

function tokens(call: ModelCall, count: number | null): string {
  return count === null ? 'not reported' : `${approximateMark(call)}${formatTokens(count)} tokens`
}

function seconds(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`
}

/** Returns output tokens per second between the first token and the last. */
export function formatSpeed({ outputTokens, ttftMs, durationMs }: ModelCall): string | null {
  if (outputTokens === null || ttftMs === null || durationMs <= ttftMs) return null
  const perSecond = (outputTokens * 1000) / (durationMs - ttftMs)
  const maximumFractionDigits = perSecond < 10 ? 1 : 0
  return `${perSecond.toLocaleString('en-US', { maximumFractionDigits })} tokens/s`
}
