import { expect, test } from 'vitest'
import { addCall, type ModelCall, NO_CALLS } from '#shared/ledger.ts'
import { Certainty } from '#shared/money-schema.ts'
import { temporaryDatabase } from '../../testing/temporary-database.ts'
import { sampleCall } from '../../testing/ledger-calls.ts'
import { closeCall, conversationTotals, runTotals } from '../calls/call-store.ts'
import { usageGroups, usageTotals } from './usage-store.ts'

const ALWAYS = { from: null, to: null }

/** A seeded random number generator. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

function someCall(below: (limit: number) => number): ModelCall {
  const orNull = (limit: number): number | null => (below(4) === 0 ? null : below(limit))
  const certainty = Certainty.options[below(4)] ?? 'unknown'
  return sampleCall({
    conversationId: `conversation-${below(3)}`,
    runId: `run-${below(3)}`,
    modelRequested: `model-${below(3)}`,
    modelReturned: null,
    startedAt: `2026-11-0${1 + below(9)}T12:00:00.000Z`,
    inputTokens: orNull(1000),
    cachedInputTokens: orNull(100),
    cacheWriteTokens: orNull(100),
    outputTokens: orNull(1000),
    reasoningTokens: orNull(100),
    costNanoUsd: certainty === 'unknown' ? null : below(1_000_000_000),
    certainty,
  })
}

test.each([1, 2, 3, 4])('stored sums equal the sum of their rows (%i)', async (seed) => {
  const db = await temporaryDatabase()
  const below = numbersFrom(seed)
  const calls = Array.from({ length: 3 + below(40) }, () => someCall(below))
  for (const call of calls) await closeCall(db, call)
  const sum = (matches: (call: ModelCall) => boolean): unknown =>
    calls.filter(matches).reduce(addCall, NO_CALLS)
  for (const n of [0, 1, 2]) {
    const [run, conversation] = [`run-${n}`, `conversation-${n}`]
    expect(await runTotals(db, run)).toEqual(sum((call) => call.runId === run))
    expect(await conversationTotals(db, conversation)).toEqual(
      sum((call) => call.conversationId === conversation),
    )
  }
  expect(await usageTotals(db, ALWAYS)).toEqual(sum(() => true))
  for (const { key, totals } of await usageGroups(db, 'model', ALWAYS)) {
    expect(totals).toEqual(sum((call) => call.modelRequested === key))
  }
})
