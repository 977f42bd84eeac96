// At start-up, gives a row to each request that was running when the process ended. Its cost is
// unknown, so its sums say "at least"; a token count costs nothing. If the conversation still exists,
// the cost is estimated in the background (runs/estimate-lost.ts).
import type { ModelCall } from '#shared/ledger.ts'
import type { Database } from '../../db/open.ts'
import { closeCall, type OpenedCall, openCalls } from './call-store.ts'

const FREE = {
  costNanoUsd: 0,
  certainty: 'computed',
  priceId: 'refused',
  computedNanoUsd: 0,
} as const
const UNKNOWN = {
  costNanoUsd: null,
  certainty: 'unknown',
  priceId: null,
  computedNanoUsd: null,
} as const

/** Closes the open calls and returns how many there were. */
export async function recoverOpenCalls(db: Database): Promise<number> {
  const left = await openCalls(db)
  for (const call of left) await closeCall(db, uncountedCall(call))
  return left.length
}

/** Builds the row of a request of which only its start is known. */
export function uncountedCall(call: OpenedCall): ModelCall {
  const cost = call.purpose === 'count' ? FREE : UNKNOWN
  return {
    ...call,
    ...cost,
    status: 'failed',
    finishReason: 'interrupted',
    modelReturned: null,
    responseId: null,
    serviceTier: null,
    ttftMs: null,
    durationMs: 0,
    inputTokens: null,
    cachedInputTokens: null,
    cacheWriteTokens: null,
    outputTokens: null,
    reasoningTokens: null,
    price: null,
    lines: [],
    flags: [],
    rawUsage: null,
  }
}
