// Corrects rows by what their provider reports later, over real HTTP to a small fake.
import { expect, onTestFinished, test, vi } from 'vitest'
import type { ModelCall } from '#shared/ledger.ts'
import { type FakeUpstream, startFakeUpstream } from '../../../e2e/fake-upstream.ts'
import { type UsageLookupTarget, fetchUsage } from '../../upstream/fetch-usage.ts'
import { fakeTarget } from '../../testing/recorded-run.ts'
import type { CallFacts, CallStart } from '../../upstream/types.ts'
import type { Database } from '../../db/open.ts'
import { temporaryDatabase } from '../../testing/temporary-database.ts'
import { UsageLookupQueue } from './usage-lookup-queue.ts'
import { startJobs } from '../../testing/jobs.ts'
import { NO_OVERRIDES } from '../pricing/price-book.ts'
import { createLedger } from '../calls/record-call.ts'
import { callsOfRun, conversationTotals } from '../calls/call-store.ts'
import { correctionsOf } from '../calls/correction-store.ts'

const CALL: CallStart = {
  id: 'call-1',
  runId: 'run-1',
  conversationId: 'c-1',
  purpose: 'chat',
  agent: 'assistant',
  provider: 'fake',
  modelRequested: 'gpt-4.1-mini',
  attempt: 1,
  startedAt: '2026-11-02T12:00:00.000Z',
}

const STOPPED: CallFacts = {
  status: 'stopped',
  modelReturned: 'gpt-4.1-mini',
  responseId: 'resp_1',
  serviceTier: null,
  finishReason: null,
  ttftMs: 5,
  durationMs: 10,
  rawUsage: null,
  inputText: () => Promise.resolve('A question'),
  outputText: 'Half',
}

const ANSWER = {
  status: 'completed',
  model: 'gpt-4.1-mini',
  usage: {
    input_tokens: 100,
    input_tokens_details: { cached_tokens: 40 },
    output_tokens: 20,
    total_tokens: 120,
  },
}
/** 60 fresh × 400, 40 cached × 100 and 20 output tokens × 1,600 nano-dollars. */
const EXACT = { costNanoUsd: 60_000, certainty: 'computed' }

interface Scene {
  db: Database
  upstream: FakeUpstream
  asked: string[]
  close: (facts?: Partial<CallFacts>) => Promise<ModelCall>
  usageLookups: UsageLookupQueue
  /** Starts a second queue, as the next process does. */
  again: (targetOf?: () => UsageLookupTarget | null) => UsageLookupQueue
  /** The process ends. */
  stop: () => Promise<void>
  pass: (ms: number) => void
}

/** Uses a fake clock; a timer that is due fires at once. */
async function scene(known: () => object | undefined): Promise<Scene> {
  const db = await temporaryDatabase()
  const upstream = await startFakeUpstream()
  onTestFinished(() => upstream.close())
  const asked: string[] = []
  upstream.setLookUp((path) => {
    asked.push(path)
    return known()
  })
  const target = fakeTarget(upstream.baseUrl, 'responses')
  let passed = 0
  let jobs = startJobs()
  const now = () => new Date(Date.now() + passed)
  const onError = (error: unknown) => expect.unreachable(String(error))
  const again = (targetOf: () => UsageLookupTarget | null = () => target) => {
    jobs = startJobs()
    const book = NO_OVERRIDES
    return new UsageLookupQueue({ db, jobs, book, targetOf, ask: fetchUsage, onError, now })
  }
  const usageLookups = again()
  const ledger = createLedger(db, NO_OVERRIDES, usageLookups)
  return {
    db,
    upstream,
    asked,
    close: (facts = {}) => ledger.close(CALL, { ...STOPPED, ...facts }, target),
    usageLookups,
    again,
    stop: () => jobs.stop(),
    pass: (ms) => (passed += ms),
  }
}

async function rowOf(db: Database): Promise<ModelCall | undefined> {
  return (await callsOfRun(db, 'run-1'))[0]
}

async function left(db: Database): Promise<number> {
  return (await db.kysely.selectFrom('call_lookups').selectAll().execute()).length
}

/** Allows for a busy machine. */
const PATIENT = { timeout: 20_000 }

async function allAsked(db: Database): Promise<void> {
  await vi.waitUntil(async () => (await left(db)) === 0, PATIENT)
}

test('usage that the provider reports later corrects the row and its sums', async () => {
  const { db, close, usageLookups, pass, asked } = await scene(() => ANSWER)
  const estimate = await close()
  expect(estimate).toMatchObject({ certainty: 'estimated' })
  expect(asked).toEqual([])
  pass(2_000)
  usageLookups.wake()
  await allAsked(db)

  expect(await rowOf(db)).toMatchObject({
    ...EXACT,
    status: 'stopped',
    finishReason: 'completed',
    inputTokens: 100,
    cachedInputTokens: 40,
    outputTokens: 20,
  })
  expect(await conversationTotals(db, 'c-1')).toMatchObject({ ...EXACT, calls: 1 })
  expect((await correctionsOf(db, ['call-1'])).get('call-1')).toMatchObject([
    { reason: 'provider_lookup', costBefore: estimate.costNanoUsd, costAfter: 60_000 },
  ])
})

test('a lookup without an answer is tried three times, then the row stays an estimate', async () => {
  const { db, close, usageLookups, pass, asked } = await scene(() => undefined)
  await close()
  for (const [times, ms] of [2_000, 10_000, 60_000].entries()) {
    pass(ms - 1_000)
    usageLookups.wake()
    pass(1_000)
    usageLookups.wake()
    await vi.waitUntil(() => asked.length === times + 1, PATIENT)
    await vi.waitUntil(async () => {
      const row = await db.kysely.selectFrom('call_lookups').selectAll().executeTakeFirst()
      return row === undefined ? times === 2 : row.tries === times + 1
    }, PATIENT)
  }
  expect(await rowOf(db)).toMatchObject({ certainty: 'estimated' })
})

test('a lookup that is pending when the process ends is done by the next process', async () => {
  const { db, close, stop, again, pass } = await scene(() => ANSWER)
  await close()
  await stop()
  expect(await left(db)).toBe(1)
  pass(60 * 60_000)
  again().wake()
  await allAsked(db)
  expect(await rowOf(db)).toMatchObject(EXACT)
})

test('a report that says less than the estimate does not replace it', async () => {
  const usage = { input_tokens: 1e12, output_tokens: 1 }
  const { db, close, usageLookups, pass } = await scene(() => ({ ...ANSWER, usage }))
  const estimate = await close()
  pass(2_000)
  usageLookups.wake()
  await allAsked(db)
  expect(await rowOf(db)).toEqual(estimate)
})

test('a lookup that fails does not block the next one', async () => {
  const db = await temporaryDatabase()
  const errors: unknown[] = []
  const asked: string[] = []
  let passed = 0
  const target = fakeTarget('http://127.0.0.1:9/v1', 'responses')
  const usageLookups = new UsageLookupQueue({
    db,
    jobs: startJobs(),
    book: NO_OVERRIDES,
    targetOf: () => target,
    ask: async (_, id) => {
      asked.push(id)
      if (id === 'resp_1') throw new Error('broken')
      return 'never'
    },
    onError: (error) => errors.push(error),
    now: () => new Date(Date.now() + passed),
  })
  const ledger = createLedger(db, NO_OVERRIDES, usageLookups)
  await ledger.close(CALL, STOPPED, target)
  await ledger.close({ ...CALL, id: 'call-2' }, { ...STOPPED, responseId: 'resp_2' }, target)
  passed = 2_000
  usageLookups.wake()
  await vi.waitUntil(async () => (await left(db)) === 1, PATIENT)
  expect([asked, errors.length]).toEqual([['resp_1', 'resp_2'], 1])
})

test('a lookup older than a day is dropped', async () => {
  const { db, close, stop, again, pass, asked } = await scene(() => ANSWER)
  await close()
  await stop()
  pass(25 * 60 * 60_000)
  again().wake()
  await allAsked(db)
  expect(asked).toEqual([])
  expect(await rowOf(db)).toMatchObject({ certainty: 'estimated' })
})

test.for([
  ['was removed', null],
  ['has another address now', fakeTarget('http://127.0.0.1:9/v1', 'responses')],
] as const)('the provider is not asked if it %s', async ([, target]) => {
  const { db, close, stop, again, pass, asked } = await scene(() => ANSWER)
  await close()
  await stop()
  pass(60_000)
  again(() => target).wake()
  await allAsked(db)
  expect(asked).toEqual([])
})

test.for<[string, Partial<CallFacts>]>([
  ['that was completed', { status: 'completed', finishReason: 'completed' }],
  ['whose usage is known', { rawUsage: ANSWER.usage, finishReason: 'completed' }],
  ['that was refused', { status: 'failed', refused: true, outputText: '' }],
  ['without an id', { responseId: null }],
  ['with an id that the provider cannot look up', { responseId: 'chatcmpl-1' }],
  ['that is still read', { readsOn: true }],
])('a request %s is not asked about', async ([, facts]) => {
  const { db, close } = await scene(() => ANSWER)
  await close(facts)
  expect(await left(db)).toBe(0)
})

test('a broken request is looked up like a stopped one', async () => {
  const { db, close } = await scene(() => ANSWER)
  await close({ status: 'failed' })
  expect(await left(db)).toBe(1)
})

test('OpenRouter’s own amount is taken exactly', async () => {
  const data = {
    model: 'openai/gpt-4o-mini',
    total_cost: 0.0000155,
    is_byok: false,
    native_tokens_prompt: 21,
    native_tokens_completion: 5,
  }
  const { db, close, usageLookups, pass } = await scene(() => ({ data }))
  await close({ responseId: 'gen-1' })
  pass(2_000)
  usageLookups.wake()
  await allAsked(db)
  expect(await rowOf(db)).toMatchObject({
    costNanoUsd: 15_500,
    certainty: 'reported',
    inputTokens: 21,
    outputTokens: 5,
    modelReturned: 'openai/gpt-4o-mini',
  })
})
