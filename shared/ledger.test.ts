import { expect, test } from 'vitest'
import { addCall, addTotals, NO_CALLS, type ModelCall } from './ledger.ts'

const call: ModelCall = {
  id: '1',
  runId: null,
  conversationId: null,
  purpose: 'chat',
  agent: null,
  provider: 'p',
  modelRequested: 'm',
  modelReturned: 'm',
  responseId: null,
  attempt: 1,
  serviceTier: null,
  status: 'completed',
  startedAt: '2026-01-01T00:00:00.000Z',
  ttftMs: null,
  durationMs: 1,
  finishReason: null,
  inputTokens: 100,
  cachedInputTokens: 40,
  cacheWriteTokens: null,
  outputTokens: 20,
  reasoningTokens: 5,
  costNanoUsd: 1000,
  certainty: 'computed',
  priceId: null,
  price: null,
  rawUsage: null,
}
const unpriced: ModelCall = { ...call, costNanoUsd: null, certainty: 'unknown' }

test('a sum of priced calls has their cost and the worst certainty', () => {
  const totals = addCall(addCall(NO_CALLS, call), { ...call, certainty: 'estimated' })
  expect(totals).toMatchObject({
    calls: 2,
    inputTokens: 200,
    outputTokens: 40,
    costNanoUsd: 2000,
    certainty: 'estimated',
    unpricedCalls: 0,
  })
})

test('a sum with an unpriced call keeps the known cost and counts unpriced calls', () => {
  const totals = addCall(addCall(NO_CALLS, call), unpriced)
  expect(totals).toMatchObject({ costNanoUsd: 1000, certainty: 'unknown', unpricedCalls: 1 })
})

test('a sum without any priced call is null, not zero', () => {
  expect(addCall(NO_CALLS, unpriced).costNanoUsd).toBeNull()
})

test('sums add up in any grouping', () => {
  const left = addTotals(addCall(NO_CALLS, unpriced), addCall(NO_CALLS, call))
  const right = addCall(addCall(NO_CALLS, call), unpriced)
  expect(left).toEqual(right)
})
