// Every upstream request leaves exactly one row, whatever happens to it. What a request is billed
// when its provider reported no usage:
//
// - It was refused (no connection, an HTTP error): nothing. No provider bills an error response, and
//   retries after a rate limit must not make a sum look incomplete.
// - It was cut off, by the user, a timeout or a broken connection: at least what it read and what
//   had arrived, estimated from the texts. Also before the first token: the provider had taken the
//   request, and reading the input is billed.
// - It was completed by a server that does not report usage: the same estimate.
//
// A report that came before the end (running totals) is kept and marked as an estimate, too. An
// answer that is read on after a stop is counted twice: until the stop, so that the row is there at
// once, and to where the reading ended, as a correction.
import type { ModelCall, Totals } from '#shared/ledger.ts'
import type { PriceOverride } from '#shared/prices.ts'
import type {
  CallFacts,
  CallLedger,
  CallStart,
  ModelTarget,
  RequestPrefix,
} from '../agent/types.ts'
import type { Database } from '../db/open.ts'
import { estimateTokens } from './estimate.ts'
import { listedAddress } from './price-address.ts'
import { NO_OVERRIDES, type PriceBook } from './price-book.ts'
import { priceCall, type Priced } from './price-call.ts'
import { NO_USAGE, readUsage, type Usage } from './read-usage.ts'
import { amendCall } from './store-corrections.ts'
import { closeCall, conversationTotals, openCall, runTotals } from './store.ts'

export interface Ledger extends Omit<Required<CallLedger>, 'admit'> {
  runTotals(runId: string): Promise<Totals>
  conversationTotals(conversationId: string): Promise<Totals>
}

export function createLedger(
  db: Database,
  book: Pick<PriceBook, 'overrides'> = NO_OVERRIDES,
): Ledger {
  return {
    open: (call) => openCall(db, call),
    close: async (call, facts, target) =>
      closeCall(
        db,
        await toModelCall(call, facts, target, book.overrides()),
        prefixOf(call, facts),
      ),
    amend: async (call, facts, target) =>
      amendCall(db, await toModelCall(call, facts, target, book.overrides())),
    runTotals: (runId) => runTotals(db, runId),
    conversationTotals: (conversationId) => conversationTotals(db, conversationId),
  }
}

/** Of what a person asked for and a provider has read. */
function prefixOf({ purpose }: CallStart, { refused, prefix }: CallFacts): RequestPrefix | null {
  return purpose !== 'chat' || refused === true || prefix === undefined ? null : prefix()
}

/** The row of a finished request. It only computes: storing it is the caller's. */
export async function toModelCall(
  call: CallStart,
  facts: CallFacts,
  target: ModelTarget,
  overrides: readonly PriceOverride[] = [],
): Promise<ModelCall> {
  const reported = readUsage(facts.rawUsage, listedAddress(target.baseUrl)?.provider ?? null)
  const { usage, ...priced } = isFreeRefusal(facts, reported)
    ? REFUSED
    : await priceFacts(call, facts, target, reported, overrides)
  return {
    ...call,
    ...priced,
    status: facts.status,
    modelReturned: facts.modelReturned,
    responseId: facts.responseId,
    serviceTier: facts.serviceTier,
    finishReason: facts.finishReason,
    ttftMs: facts.ttftMs === null ? null : Math.round(facts.ttftMs),
    durationMs: Math.round(facts.durationMs),
    inputTokens: usage.inputTokens,
    cachedInputTokens: usage.cachedInputTokens,
    cacheWriteTokens: usage.cacheWriteTokens,
    outputTokens: usage.outputTokens,
    reasoningTokens: usage.reasoningTokens,
    rawUsage: facts.rawUsage ?? null,
  }
}

type PricedUsage = Priced & { usage: Usage }

const REFUSED: PricedUsage = {
  usage: NO_USAGE,
  costNanoUsd: 0,
  certainty: 'computed',
  priceId: 'refused',
  price: null,
  lines: [],
  computedNanoUsd: 0,
  flags: [],
}

function isFreeRefusal(facts: CallFacts, reported: Usage | null): boolean {
  return facts.refused === true && reported === null && facts.outputText === ''
}

async function priceFacts(
  call: CallStart,
  facts: CallFacts,
  target: ModelTarget,
  reported: Usage | null,
  overrides: readonly PriceOverride[],
): Promise<PricedUsage> {
  const usage = await completed(reported ?? NO_USAGE, facts)
  const isRunningTotal = facts.status !== 'completed' && facts.finishReason === null
  const isEstimate = usage !== reported || isRunningTotal
  const { modelReturned, serviceTier } = facts
  const { modelRequested, startedAt: at } = call
  const priced = priceCall({
    target,
    modelReturned,
    modelRequested,
    at,
    serviceTier,
    usage,
    isEstimate,
    overrides,
    durationMs: facts.durationMs,
  })
  return { ...priced, usage }
}

/** Fills in what was not reported; a report that names the amount needs no tokens. */
async function completed(usage: Usage, facts: CallFacts): Promise<Usage> {
  const { inputTokens, outputTokens, reportedNanoUsd } = usage
  if (reportedNanoUsd !== null || (inputTokens !== null && outputTokens !== null)) return usage
  return {
    ...usage,
    inputTokens: inputTokens ?? (await estimateTokens(facts.inputText())),
    outputTokens: outputTokens ?? (await estimateTokens(facts.outputText)),
  }
}
