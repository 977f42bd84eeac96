// At start-up: a request that was under way when the process ended gets its row, too. What it cost
// is not known at this moment, and a sum that holds it says "at least". Where its conversation is still
// there, it is estimated behind the start (runs/estimate-lost.ts).
import type { Database } from '../db/open.ts'
import { closeCall, openCalls } from './store.ts'

/** How many there were. */
export async function recoverOpenCalls(db: Database): Promise<number> {
  const left = await openCalls(db)
  for (const call of left) {
    await closeCall(db, {
      ...call,
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
      costNanoUsd: null,
      certainty: 'unknown',
      priceId: null,
      price: null,
      lines: [],
      computedNanoUsd: null,
      flags: [],
      rawUsage: null,
    })
  }
  return left.length
}
