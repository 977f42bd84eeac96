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
import { withDecimalSign } from '#shared/money.ts'
import { language, t } from '#shared/translate.ts'

export const PURPOSE_LABELS: Record<Purpose, string> = {
  chat: t`Answer`,
  title: t`Title`,
  summary: t`Summary`,
  query: t`Query`,
  guardrail: t`Guardrail`,
  router: t`Router`,
  count: t`Token count`,
  check: t`Endpoint check`,
}

const ORIGIN_LABELS: Record<PriceOrigin, string> = {
  provider_reported: t`The provider named the amount`,
  provider_list: t`The provider’s own list`,
  maker_list: t`The list of the model’s maker, because this address is a proxy`,
  local: t`A local server: costs nothing`,
  demo: t`The price of the demo`,
  override: t`Set by you`,
}

export const FLAG_LABELS: Record<CallFlag, string> = {
  total_mismatch: t`The total the provider reported is not the sum of its parts.`,
  parts_exceed_whole: t`The provider reported parts larger than the whole they belong to.`,
  tier_unpriced: t`This service tier has no rate of its own: the standard rate was used.`,
  resent: t`The server had closed the kept-alive connection, so the request was sent again at once. It is counted once.`,
  damaged: t`This row was changed or damaged in storage: its figures may be wrong.`,
  tokens_unpriced: t`Some tokens or calls have no rate in the price book and are left out.`,
}

const REASON_LABELS: Record<CorrectionReason, string> = {
  reprice: t`Priced again by you`,
  undo: t`Pricing again was undone`,
  finished_counting: t`Counted on after you stopped it`,
  provider_lookup: t`The provider was asked again`,
  recovered: t`Estimated from what was kept, after Tally was cut off`,
}

/** Formats when and why a row changed and what that did to its amount. */
export function formatCorrection({ at, reason, costBefore, costAfter }: CallCorrection): string {
  const [label, day] = [REASON_LABELS[reason], formatTime(at)]
  return costBefore === costAfter
    ? t`${label} on ${day}: the amount stayed`
    : t`${label} on ${day}: ${usdOrUnpriced(costBefore)} became ${usdOrUnpriced(costAfter)}`
}

function formatTime(at: string): string {
  return new Date(at).toLocaleString(language() === 'en' ? undefined : language())
}

/** English has the day as the price list does. */
function formatDay(day: string): string {
  if (language() === 'en') return day
  return new Date(day).toLocaleDateString(language(), { dateStyle: 'medium', timeZone: 'UTC' })
}

function usdOrUnpriced(nanoUsd: number | null): string {
  return nanoUsd === null ? t`unpriced` : exactUsd(nanoUsd)
}

const NOT_BILLED = t`Not billed: the request failed`

export function formatCertainty(call: ModelCall): string {
  return isUnanswered(call) ? NOT_BILLED : amountLabel(call)
}

export function formatTotalCertainty(calls: ModelCall[], totals: Totals): string {
  const nothingDone = totals.calls === calls.length && calls.every(isUnanswered)
  return nothingDone ? NOT_BILLED : amountLabel(totals)
}

/** How far the amount of an answer can be relied on, in a word or two after it. */
export function formatExactness(calls: ModelCall[], totals: Totals): string {
  if (totals.demo) return t`you are not billed`
  if (formatTotalCertainty(calls, totals) === NOT_BILLED) return t`not billed`
  if (totals.costNanoUsd === null || totals.certainty === 'unknown') return t`no price known`
  if (totals.unpricedCalls > 0) return t`at least`
  return totals.certainty === 'estimated' ? t`estimated` : t`exact`
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
    longFact(t`Price`, price && ORIGIN_LABELS[price.origin]),
    longFact(t`Price source`, price?.source),
    fact(t`In force since`, price?.effectiveFrom && formatDay(price.effectiveFrom)),
    fact(t`Tier`, price?.tier ?? call.serviceTier),
    fact(t`Input`, tokens(call, call.inputTokens)),
    fact(t`Output`, tokens(call, call.outputTokens)),
    fact(t`Time to first token`, call.ttftMs !== null && seconds(call.ttftMs)),
    fact(t`Speed`, formatSpeed(call)),
    fact(t`Duration`, seconds(call.durationMs)),
    fact(t`Finish reason`, call.finishReason),
    longFact(t`Started`, formatTime(call.startedAt)),
    longFact(t`Response id`, call.responseId),
    longFact(t`Request id`, call.requestId),
  ].filter((known) => known !== null)
}

/** Returns the model that answered, with the requested one if it differs. */
export function formatModel(call: ModelCall): string {
  if (call.modelReturned === null || call.modelReturned === call.modelRequested) {
    return visibleText(call.modelRequested)
  }
  return visibleText(t`${call.modelReturned} (requested ${call.modelRequested})`)
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
  return count === null ? t`not reported` : approximateMark(call) + t`${formatTokens(count)} tokens`
}

function seconds(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${withDecimalSign((ms / 1000).toFixed(1))} s`
}

/** Returns output tokens per second between the first token and the last. */
export function formatSpeed({ outputTokens, ttftMs, durationMs }: ModelCall): string | null {
  if (outputTokens === null || ttftMs === null || durationMs <= ttftMs) return null
  const perSecond = (outputTokens * 1000) / (durationMs - ttftMs)
  const maximumFractionDigits = perSecond < 10 ? 1 : 0
  return t`${perSecond.toLocaleString(language(), { maximumFractionDigits })} tokens/s`
}
