import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { Receipt } from '#shared/api.ts'
import { ConversationCache } from '#shared/call-cache.ts'
import type { ModelCall } from '#shared/ledger.ts'
import type { RequestPrefix } from '../../upstream/types.ts'
import { purgeConversations, setDeleted } from '../../conversations/change-store.ts'
import type { Database } from '../../db/open.ts'
import { temporaryDatabase } from '../../testing/temporary-database.ts'
import { Problem } from '../../http/problem.ts'
import { cacheRoutes } from './routes.ts'
import { callCache } from './call-cache.ts'
import { addConversation } from '../../testing/conversation.ts'
import { ledgerRoutes } from '../routes.ts'
import { sampleCall } from '../../testing/ledger-calls.ts'
import { closeCall } from '../calls/call-store.ts'

const MINUTE = 60_000

function prefix(...said: string[]): RequestPrefix {
  const items = said.map((name, at) => {
    const kind = at % 2 === 0 ? ('question' as const) : ('answer' as const)
    return { kind, hash: name.padEnd(12, '.'), chars: 1000 }
  })
  return { instructions: 'i', tools: 't', format: 'f', headChars: 1000, items }
}

class Book {
  readonly db: Database
  #minutes = 0

  constructor(db: Database) {
    this.db = db
  }

  /** Starts at least one minute after the previous call. */
  async close(begins: RequestPrefix, more: Partial<ModelCall>, afterMinutes = 1): Promise<void> {
    this.#minutes += afterMinutes
    const startedAt = new Date(Date.UTC(2026, 10, 2, 12) + this.#minutes * MINUTE).toISOString()
    await closeCall(this.db, sampleCall({ startedAt, ...more }), begins)
  }

  async get(path: string): Promise<unknown> {
    const app = new Hono()
      .route('/', ledgerRoutes({ db: this.db, isCounting: () => false }))
      .route('/', cacheRoutes({ db: this.db }))
    app.onError((error) => (error instanceof Problem ? error.toResponse() : Response.error()))
    return (await app.request(path)).json()
  }

  async causes(): Promise<unknown[]> {
    const { items } = Receipt.parse(await this.get('/api/runs/run-1/calls'))
    return items.map(({ cache }) => cache?.cause)
  }
}

async function openBook(): Promise<Book> {
  const db = await temporaryDatabase()
  await addConversation(db, 'c-1', 'Caches')
  return new Book(db)
}

test('the receipt says how much was read from the cache, and what broke it', async () => {
  const book = await openBook()
  await book.close(prefix('q1'), { inputTokens: 4000, cachedInputTokens: 0 })
  await book.close(prefix('q1', 'a1', 'q2'), { inputTokens: 6000, cachedInputTokens: 3968 })
  await book.close(prefix('qx', 'a1', 'q2'), { inputTokens: 6000, cachedInputTokens: 0 })
  const gone = { inputTokens: 8000, cachedInputTokens: 0 }
  await book.close(prefix('qx', 'a1', 'q2', 'a2', 'q3'), gone, 20)
  await book.close(prefix('qx', 'a1', 'q2', 'a2', 'q3'), { ...gone, modelRequested: 'other' })
  await book.close(prefix('qx', 'a1', 'q2', 'a2', 'q3', 'a3', 'q4'), gone)
  await book.close(prefix('qx'), { inputTokens: 8000, cachedInputTokens: null })

  expect(await book.causes()).toEqual([
    'first',
    null,
    'question',
    'expired',
    'model',
    // The answer followed two earlier requests, and its prefix did not change.
    'unknown',
    undefined,
  ])
  const { items } = Receipt.parse(await book.get('/api/runs/run-1/calls'))
  expect(items[2]?.cache).toMatchObject({ hitRate: 0, changedNumber: 1, missedTokens: 6000 })
  expect(items[3]?.cache).toMatchObject({ gapMs: 20 * MINUTE - 10 })

  const whole = ConversationCache.parse(await book.get('/api/conversations/c-1/cache'))
  expect(whole).toMatchObject({ calls: 6, inputTokens: 40_000, cachedInputTokens: 3968 })
  expect(whole.hitRate).toBeCloseTo(0.0992)
  expect(whole.misses.map(({ cause }) => cause)).toEqual([
    'unknown',
    'model',
    'expired',
    'question',
    'first',
  ])
})

test('only the newest fingerprints are kept, and all of it goes with the conversation', async () => {
  const book = await openBook()
  for (const at of Array.from({ length: 9 }).keys()) {
    await book.close(prefix('q1', `a${at}`), { inputTokens: 10, cachedInputTokens: 0 })
  }
  const rows = async (table: 'call_prefixes' | 'call_reuse') =>
    (await book.db.kysely.selectFrom(table).select('call_id').execute()).length
  expect(await rows('call_prefixes')).toBe(4)
  expect(await rows('call_reuse')).toBe(9)

  await setDeleted(book.db, 'c-1', '2026-11-03T00:00:00.000Z')
  await purgeConversations(book.db, () => true)
  expect(await rows('call_prefixes')).toBe(0)
  expect(await rows('call_reuse')).toBe(0)
  // Deleting the conversation keeps the ledger rows and their receipts.
  expect(await book.causes()).toHaveLength(9)
  expect(await book.get('/api/conversations/c-1/cache')).toMatchObject({
    code: 'conversation_not_found',
  })
})

const REUSE = {
  change: null,
  changedNumber: null,
  gapMs: MINUTE,
  previousTokens: 10_000,
  commonTokens: 10_000,
} as const

test.each([
  ['a block is missing', 9600, {}, null],
  ['much is missing, for no reason', 5000, {}, 'unknown'],
  ['what is short is not kept', 0, { previousTokens: 1000 }, 'too_short'],
  ['a change near the end costs little', 9000, { change: 'answer', commonTokens: 9100 }, null],
  ['a change', 2000, { change: 'tools', commonTokens: 0 }, 'tools'],
  ['an old change', 0, { change: 'tools', commonTokens: 0, gapMs: 60 * MINUTE }, 'tools'],
  ['old', 0, { change: 'answer', commonTokens: 5000, gapMs: 60 * MINUTE }, 'expired'],
] as const)('%s: %s', (_, cachedInputTokens, more, cause) => {
  const call = { inputTokens: 12_000, cachedInputTokens }
  expect(callCache(call, { ...REUSE, ...more }).cause).toBe(cause)
})

test('a request without reported cache tokens has no hit rate and no cause', () => {
  expect(callCache({ inputTokens: 12_000, cachedInputTokens: null }, REUSE)).toMatchObject({
    hitRate: null,
    cause: null,
  })
})
