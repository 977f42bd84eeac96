// Every upstream request leaves exactly one row. If the provider reports no usage, a request that
//
// - was refused (no connection, an HTTP error) costs nothing: no provider bills an error response,
//   and retries after a rate limit must not make a sum look incomplete.
// - was cut off by the user, a timeout or a broken connection is estimated from the texts: its input
//   and the output so far. This also holds before the first token, because reading the input is
//   billed once the provider has accepted the request.
// - was completed by a server that does not report usage is estimated in the same way.
//
// Usage reported before the end (running totals) is kept and marked as an estimate. A stream that is
// read on after a stop is counted twice: at the stop, so that the row exists at once, and at its
// end, as a correction.
//
// While the storage is unavailable, a write is retried until it succeeds. If the database rejects a
// row for another reason, a row of unknown cost is stored instead.
import type { CallFlag, ModelCall, Totals } from '#shared/ledger.ts'
import type { CallEstimate } from '#shared/pending-call.ts'
import type { PriceOverride } from '#shared/prices.ts'
import type {
  CallFacts,
  CallLedger,
  CallStart,
  ModelTarget,
  RequestPrefix,
} from '../../upstream/types.ts'
import type { Database } from '../../db/open.ts'
import { untilStored } from '../../db/until-stored.ts'
import { Problem } from '../../http/problem.ts'
import { estimateCall } from './estimate-call.ts'
import { estimateTokens } from './estimate.ts'
import { listedAddress } from '../pricing/price-address.ts'
import { NO_OVERRIDES, type PriceBook } from '../pricing/price-book.ts'
import { priceCall, type Priced } from '../pricing/price-call.ts'
import { NO_USAGE, readUsage, type Usage } from '../usage/read-usage.ts'
import { uncountedCall } from './recover-calls.ts'
import { amendCall } from './correction-store.ts'
import {
  type AlsoStored,
  closeCall,
  conversationTotals,
  costOfRun,
  openCall,
  type OpenedCall,
  runTotals,
} from './call-store.ts'
import { addUsageLookup } from '../lookup/lookup-store.ts'

export interface Ledger extends Omit<Required<CallLedger>, 'admit'> {
  /** Estimates the cost of a call that is about to be sent. */
  estimate(call: CallStart, target: ModelTarget, inputTokens: number): CallEstimate
  /** Returns the totals of all runs of its message. */
  runTotals(runId: string): Promise<Totals>
  /** Returns what this run alone has cost, in nano-dollars. */
  costOfRun(runId: string): Promise<number>
  conversationTotals(conversationId: string): Promise<Totals>
}

/** Finds out later what a request used, by asking its provider. */
export interface UsageLookups {
  /** Returns the origin to ask about this row. Null if the row is exact or the provider has no API. */
  originOf(call: ModelCall, target: ModelTarget): string | null
  /** Starts the queue after a lookup was added. */
  wake(): void
}

export interface WriteOptions {
  /** Aborts when the process ends. Rows not stored by then are recovered at the next start. */
  ending: AbortSignal
  /** Receives errors other than an unavailable storage. */
  onError: (error: unknown) => void
}

export function createLedger(
  db: Database,
  book: Pick<PriceBook, 'overrides'> = NO_OVERRIDES,
  usageLookups: UsageLookups = NO_USAGE_LOOKUPS,
  { ending, onError }: WriteOptions = NEVER_ENDING,
): Ledger {
  /** Adds the lookup in the transaction that stores the row. */
  const alsoAsk =
    (target: ModelTarget): AlsoStored =>
    async (trx, row) => {
      const origin = usageLookups.originOf(row, target)
      if (origin !== null) await addUsageLookup(trx, row.id, origin, new Date())
    }
  const told = (row: ModelCall, target: ModelTarget): ModelCall => {
    if (usageLookups.originOf(row, target) !== null) usageLookups.wake()
    return row
  }
  const stored = (write: () => Promise<ModelCall>): Promise<ModelCall> =>
    untilStored(write, ending, isOutage)
  const closed = async (call: OpenedCall, write: () => Promise<ModelCall>): Promise<ModelCall> => {
    try {
      return await stored(write)
    } catch (error) {
      if (isOutage(error)) throw error
      onError(error)
      return stored(() => closeCall(db, uncountedCall(call)))
    }
  }
  return {
    open: (call, target) => openCall(db, { ...call, ...demoFlag(target) }),
    close: (call, facts, target) =>
      closed({ ...call, ...demoFlag(target) }, async () => {
        const made = await toModelCall(call, facts, target, book.overrides())
        // A stream that is read on may still report its usage, so its lookup waits for the amendment.
        const prefix = await prefixOf(call, facts)
        if (facts.readsOn === true) return closeCall(db, made, prefix)
        return told(await closeCall(db, made, prefix, alsoAsk(target)), target)
      }),
    amend: (call, facts, target) =>
      stored(async () => {
        const made = await toModelCall(call, facts, target, book.overrides())
        return told(await amendCall(db, made, alsoAsk(target)), target)
      }),
    estimate: (call, target, inputTokens) =>
      estimateCall(call, target, inputTokens, book.overrides()),
    runTotals: (runId) => runTotals(db, runId),
    costOfRun: (runId) => costOfRun(db, runId),
    conversationTotals: (conversationId) => conversationTotals(db, conversationId),
  }
}

const NEVER_ENDING: WriteOptions = { ending: new AbortController().signal, onError: () => {} }

function isOutage(error: unknown): boolean {
  return error instanceof Problem && error.code === 'unavailable'
}

/** Returns the fingerprint of a chat request that the provider accepted, else null. */
async function prefixOf(
  { purpose }: CallStart,
  { refused, prefix }: CallFacts,
): Promise<RequestPrefix | null> {
  return purpose !== 'chat' || refused === true || prefix === undefined ? null : prefix()
}

const NO_USAGE_LOOKUPS: UsageLookups = { originOf: () => null, wake: () => {} }

/** Computes the row of a finished request. Does not store it. */
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
  const flags: CallFlag[] = facts.resent === true ? [...priced.flags, 'resent'] : priced.flags
  return {
    ...call,
    ...priced,
    flags,
    status: facts.status,
    modelReturned: facts.modelReturned,
    responseId: facts.responseId,
    requestId: facts.requestId ?? null,
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
    ...demoFlag(target),
  }
}

/** The only place that decides whether a row belongs to the demo. */
function demoFlag({ kind }: ModelTarget): Pick<ModelCall, 'demo'> {
  return kind === 'demo' ? { demo: true } : {}
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
  const isRunningTotal =
    facts.status !== 'completed' && facts.finishReason === null && !isExactSoFar(reported)
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

/** llama.cpp reports exact counts with every token. */
function isExactSoFar(reported: Usage | null): boolean {
  return reported?.dialect === 'llama.cpp'
}

/** Estimates token counts that were not reported. A reported amount needs none. */
async function completed(usage: Usage, facts: CallFacts): Promise<Usage> {
  const { inputTokens, outputTokens, reportedNanoUsd } = usage
  if (reportedNanoUsd !== null || (inputTokens !== null && outputTokens !== null)) return usage
  return {
    ...usage,
    inputTokens: inputTokens ?? (await estimateTokens(await facts.inputText())),
    outputTokens: outputTokens ?? (await estimateTokens(facts.outputText)),
  }
}
