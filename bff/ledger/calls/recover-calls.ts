// At start-up: a request that was under way when the process ended gets its row, too. What it cost
// is not known at this moment, and a sum that holds it says "at least"; counting alone costs nothing.
// Where its conversation is still there, it is estimated behind the start (runs/estimate-lost.ts).
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

/** How many there were. */
export async function recoverOpenCalls(db: Database): Promise<number> {
  const left = await openCalls(db)
  for (const call of left) await closeCall(db, uncountedCall(call))
  return left.length
}

/** The row of a request of which nothing but its start is known. */
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
