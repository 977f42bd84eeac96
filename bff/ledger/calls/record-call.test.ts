import { describe, expect, test } from 'vitest'
import { NO_CALLS } from '#shared/ledger.ts'
import type { CallFacts, CallStart, ModelTarget } from '../../upstream/types.ts'
import { temporaryDatabase } from '../../testing/temporary-database.ts'
import { createLedger, toModelCall } from './record-call.ts'
import { recoverOpenCalls } from './recover-calls.ts'
import { sampleCall } from '../../testing/ledger-calls.ts'
import { callsOfRun, closeCall, openCalls } from './call-store.ts'

let number = 0

function start(more: Partial<CallStart> = {}): CallStart {
  number += 1
  return {
    id: `call-${number}`,
    runId: 'run-1',
    conversationId: 'conversation-1',
    purpose: 'chat',
    agent: 'assistant',
    provider: 'openai',
    modelRequested: 'gpt-5.6-luna',
    attempt: 1,
    startedAt: '2026-11-02T12:00:00.000Z',
    ...more,
  }
}

const TARGET: ModelTarget = {
  provider: 'openai',
  kind: 'configured',
  baseUrl: 'https://api.openai.com/v1',
  api: 'chat_completions',
  apiKey: null,
  headers: {},
  maxRetries: 0,
  model: 'gpt-5.6-luna',
}

const USAGE = { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 }
const COST = 1000 * 200 + 100 * 1200

function facts(more: Partial<CallFacts> = {}): CallFacts {
  return {
    status: 'completed',
    modelReturned: 'gpt-5.6-luna',
    responseId: `response-${number}`,
    serviceTier: 'default',
    finishReason: 'stop',
    ttftMs: 12.4,
    durationMs: 99.6,
    rawUsage: USAGE,
    inputText: () => Promise.resolve('What is the answer to everything?'),
    outputText: 'It is forty-two.',
    ...more,
  }
}

/** The facts of a request that ended before its first token. */
const NOTHING = {
  modelReturned: null,
  responseId: null,
  serviceTier: null,
  finishReason: null,
  ttftMs: null,
  rawUsage: null,
  outputText: '',
}

describe('what a request is billed', () => {
  test('reported tokens at the price of the model that answered', async () => {
    expect(await toModelCall(start(), facts(), TARGET)).toMatchObject({
      inputTokens: 1000,
      outputTokens: 100,
      cachedInputTokens: null,
      costNanoUsd: COST,
      certainty: 'computed',
      ttftMs: 12,
      durationMs: 100,
      rawUsage: USAGE,
      flags: [],
    })
    const other = await toModelCall(start(), facts({ modelReturned: 'gpt-5.6-sol' }), TARGET)
    expect(other.costNanoUsd).toBe(1000 * 4000 + 100 * 20_000)
    const unheardOf = await toModelCall(start(), facts({ modelReturned: 'gpt-unheard-of' }), TARGET)
    expect(unheardOf).toMatchObject({ costNanoUsd: null, certainty: 'unknown' })
  })

  test('a stopped request: its input and the output so far, as an estimate', async () => {
    const stopped = facts({ ...NOTHING, status: 'stopped', outputText: 'It is forty-two.' })
    expect(await toModelCall(start(), stopped, TARGET)).toMatchObject({
      inputTokens: 7,
      outputTokens: 5,
      cachedInputTokens: null,
      reasoningTokens: null,
      costNanoUsd: 7 * 200 + 5 * 1200,
      certainty: 'estimated',
      rawUsage: null,
    })
  })

  test('a timeout before the first token: the input, because the provider accepted the request', async () => {
    const cut = facts({ ...NOTHING, status: 'failed' })
    expect(await toModelCall(start(), cut, TARGET)).toMatchObject({
      inputTokens: 7,
      outputTokens: 0,
      costNanoUsd: 7 * 200,
      certainty: 'estimated',
    })
  })

  test('a refused request: nothing, and that is certain', async () => {
    const refused = facts({ ...NOTHING, status: 'failed', refused: true })
    expect(await toModelCall(start(), refused, TARGET)).toMatchObject({
      inputTokens: null,
      outputTokens: null,
      costNanoUsd: 0,
      certainty: 'computed',
    })
  })

  test('running totals of an interrupted request are an estimate', async () => {
    const cut = facts({ status: 'stopped', finishReason: null })
    expect(await toModelCall(start(), cut, TARGET)).toMatchObject({
      outputTokens: 100,
      costNanoUsd: COST,
      certainty: 'estimated',
    })
  })

  test('the final usage of a request that then failed is not an estimate', async () => {
    const failed = facts({ status: 'failed', finishReason: 'content_filter' })
    expect((await toModelCall(start(), failed, TARGET)).certainty).toBe('computed')
  })

  test.each([null, undefined, { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }])(
    'a server that completes and reports %j: an estimate, not zero',
    async (rawUsage) => {
      const call = await toModelCall(start(), facts({ rawUsage }), TARGET)
      expect(call).toMatchObject({ inputTokens: 7, outputTokens: 5, certainty: 'estimated' })
    },
  )

  test('the missing half of a report is estimated, the rest is kept', async () => {
    const rawUsage = { prompt_tokens: 0, completion_tokens: 12, total_tokens: 12 }
    const call = await toModelCall(start(), facts({ rawUsage }), TARGET)
    expect(call).toMatchObject({ inputTokens: 7, outputTokens: 12, certainty: 'estimated' })
  })

  test.each([
    { prompt_tokens: Number.MAX_SAFE_INTEGER, completion_tokens: Number.MAX_SAFE_INTEGER },
    { prompt_tokens: 9e13, completion_tokens: 1 },
    { input_tokens: 9e15, output_tokens: 5, cache_read_input_tokens: 9e15 },
    { prompt_tokens: 1, completion_tokens: 1, cost: 1e30 },
    { prompt_tokens: 1, completion_tokens: 1, cost: '99999999999999999999' },
    { prompt_tokens: 1, completion_tokens: 1, cost: 10_000_000 },
  ])('a report that no request can have made takes no row away: %o', async (rawUsage) => {
    const db = await temporaryDatabase()
    const ledger = createLedger(db)
    for (const call of [start(), start()]) {
      await ledger.open(call, TARGET)
      await ledger.close(call, facts({ rawUsage }), TARGET)
    }
    expect(await openCalls(db)).toEqual([])
    const totals = await ledger.runTotals('run-1')
    expect(totals).toMatchObject({ calls: 2, unpricedCalls: 0 })
    expect(totals.costNanoUsd).toBeLessThan(1_000_000)
  })

  test('sums of the largest amounts can still be read', async () => {
    const db = await temporaryDatabase()
    const ledger = createLedger(db)
    await closeCall(db, sampleCall({ costNanoUsd: Number.MAX_SAFE_INTEGER - 1 }))
    await closeCall(db, sampleCall({ costNanoUsd: 5 }))
    expect((await ledger.runTotals('run-1')).costNanoUsd).toBe(Number.MAX_SAFE_INTEGER)
    expect((await ledger.conversationTotals('c-1')).costNanoUsd).toBe(Number.MAX_SAFE_INTEGER)
  })

  test('an estimate without a price stays unknown', async () => {
    const proxy = { ...TARGET, baseUrl: 'http://proxy.internal/v1' }
    const call = await toModelCall(
      start({ modelRequested: 'mine' }),
      facts({ ...NOTHING, status: 'stopped' }),
      proxy,
    )
    expect(call).toMatchObject({ inputTokens: 7, costNanoUsd: null, certainty: 'unknown' })
  })

  test('an amount that the provider names needs no tokens', async () => {
    const call = await toModelCall(start(), facts({ rawUsage: { cost: 0.002 } }), TARGET)
    expect(call).toMatchObject({ inputTokens: null, costNanoUsd: 2_000_000, certainty: 'reported' })
  })
})

describe('the ledger', () => {
  test('a request is open while it runs and is closed exactly once', async () => {
    const db = await temporaryDatabase()
    const ledger = createLedger(db)
    const call = start()
    await ledger.open(call, TARGET)
    expect(await openCalls(db)).toEqual([call])
    const closed = await ledger.close(call, facts(), TARGET)
    expect(await openCalls(db)).toEqual([])
    expect(await callsOfRun(db, 'run-1')).toEqual([closed])
  })

  test('closing twice, as when a stop races with the end, bills once', async () => {
    const ledger = createLedger(await temporaryDatabase())
    const call = start()
    const first = await ledger.close(call, facts(), TARGET)
    const second = await ledger.close(call, facts({ ...NOTHING, status: 'stopped' }), TARGET)
    expect(second).toEqual(first)
    expect(await ledger.conversationTotals('conversation-1')).toMatchObject({
      calls: 1,
      costNanoUsd: COST,
    })
  })

  test('a response id that a server reuses does not replace a row', async () => {
    const db = await temporaryDatabase()
    const ledger = createLedger(db)
    await ledger.close(start(), facts({ responseId: 'chatcmpl-123' }), TARGET)
    const again = await ledger.close(start(), facts({ responseId: 'chatcmpl-123' }), TARGET)
    expect(again.responseId).toBeNull()
    expect(await callsOfRun(db, 'run-1')).toHaveLength(2)
    expect(await ledger.runTotals('run-1')).toMatchObject({ calls: 2, costNanoUsd: 2 * COST })
  })

  test('sums hold the worst certainty, and null only if no row has a price', async () => {
    const ledger = createLedger(await temporaryDatabase())
    expect(await ledger.conversationTotals('conversation-1')).toEqual(NO_CALLS)
    await ledger.close(start(), facts({ modelReturned: 'unheard-of' }), TARGET)
    expect(await ledger.conversationTotals('conversation-1')).toMatchObject({
      calls: 1,
      costNanoUsd: null,
      certainty: 'unknown',
      unpricedCalls: 1,
    })
    await ledger.close(start(), facts({ rawUsage: { ...USAGE, cost: 0.001 } }), TARGET)
    await ledger.close(start(), facts({ ...NOTHING, status: 'stopped' }), TARGET)
    const expected = {
      calls: 3,
      inputTokens: 2007,
      cachedInputTokens: 0,
      cacheWriteTokens: 0,
      outputTokens: 200,
      reasoningTokens: 0,
      costNanoUsd: 1_000_000 + 7 * 200,
      certainty: 'unknown',
      unpricedCalls: 1,
    }
    expect(await ledger.conversationTotals('conversation-1')).toEqual(expected)
    expect(await ledger.runTotals('run-1')).toEqual(expected)
  })

  test('concurrent requests are all counted', async () => {
    const ledger = createLedger(await temporaryDatabase())
    const calls = Array.from({ length: 20 }, () => start())
    await Promise.all(calls.map((call) => ledger.open(call, TARGET)))
    await Promise.all(calls.map((call) => ledger.close(call, facts({ responseId: null }), TARGET)))
    expect(await ledger.runTotals('run-1')).toMatchObject({ calls: 20, costNanoUsd: 20 * COST })
  })

  test('a request that was running when the process ended becomes a failed row of unknown cost', async () => {
    const db = await temporaryDatabase()
    const ledger = createLedger(db)
    await ledger.open(start(), TARGET)
    expect(await recoverOpenCalls(db)).toBe(1)
    expect(await recoverOpenCalls(db)).toBe(0)
    expect(await callsOfRun(db, 'run-1')).toMatchObject([
      { status: 'failed', finishReason: 'interrupted', certainty: 'unknown', costNanoUsd: null },
    ])
  })
})
