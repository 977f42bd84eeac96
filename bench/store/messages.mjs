// Inserting an item with its sums, opening a conversation, and searching, on a million messages: the
// product's functions and their bare statements, run at the same time.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { conversationRoutes } from '../../bff/conversations/routes.ts'
import { openDatabase } from '../../bff/db/open.ts'
import { addToTotals, closeCall } from '../../bff/ledger/calls/call-store.ts'
import { insertItems } from '../../bff/runs/item-store.ts'
import { parseQuery } from '../../bff/search/parse-query.ts'
import { resolveNames, searchMessages } from '../../bff/search/search-store.ts'
import { random } from '../render/answer.mjs'
import { sampleCall } from './call.mjs'
import { compared, ratioLine, recorded, replay } from './compare.mjs'
import { generatedFolder } from './folder.mjs'
import { atMost, best, timed } from './timing.mjs'
import {
  CONVERSATIONS,
  conversationId,
  fillWithMessages,
  KNOWN_WORDS,
  MODELS,
  NEVER_TOGETHER,
} from './million-messages.mjs'

/** Messages from all over the million. */
const PASTED = Array.from({ length: 100 }, (_, n) => 5000 + n * 9973)

const generator = join(import.meta.dirname, 'million-messages.mjs')

export async function* measureMessages() {
  yield* onCopy(await generatedFolder('messages', generator, fillWithMessages), measureAll)
}

/** Works on a copy, because the measurement writes. */
async function* onCopy(folder, work) {
  const copy = mkdtempSync(join(tmpdir(), 'tally-bench-'))
  cpSync(folder, copy, { recursive: true })
  const db = await openDatabase(join(copy, 'tally.db'))
  try {
    yield* work(db, join(copy, 'tally.db'))
  } finally {
    await db.close()
    rmSync(copy, { recursive: true, force: true })
  }
}

async function* measureAll(db, file) {
  const next = random(3)
  const some = () => conversationId(Math.floor(next() * CONVERSATIONS))
  const bare = new BetterSqlite3(file)
  bare.pragma('synchronous = full')
  bare.pragma('cache_size = -16000')
  const inserted = await compared(1000, () => insertOne(db, bare, [some(), some()]))
  yield ratioLine('item and its sums, apart from the commit, median', inserted.median, 2.5)
  const open = opener(db, bare)
  const short = await compared(400, () => open(some()))
  yield ratioLine('last 50 of 1,000,000 in the handler, median', short.median, 2)
  const long = await compared(400, () => open(conversationId(CONVERSATIONS)))
  yield ratioLine('last 50 of the conversation of 2,000, median', long.median, 2)
  for (const { what, queries, times = 300 } of [...searches(), await pasted(db)]) {
    const found = await best(() => timed(times, (n) => searchOne(db, queries[n % queries.length])))
    yield atMost('T11', `search of 1,000,000 messages, ${what}, p99`, found.p99, MAX_SEARCH_MS)
  }
  bare.close()
}

const MAX_SEARCH_MS = 20
const LIMIT = 20

/** One page, as the route reads it. Returns the milliseconds of the processor, which others take none of. */
async function searchOne(db, text) {
  const start = process.threadCpuUsage()
  const query = await resolveNames(db, parseQuery(text))
  await searchMessages(db, { query, after: 0, limit: LIMIT })
  const { user, system } = process.threadCpuUsage(start)
  return (user + system) / 1000
}

/**
 * Measures without the begin and commit of its transaction, and after another insert in it: the disk wait
 * of the previous commit leaves the processor cold. Then runs the same statements on another connection.
 */
async function insertOne(db, bare, conversations) {
  const ready = []
  for (const conversation of conversations) ready.push(await readyToInsert(db, conversation))
  const found = await db.transaction(async (trx) => {
    let last = null
    for (const { conversation, message, call } of ready) {
      last = await recorded({ kysely: trx }, async ({ kysely }) => {
        await insertItems(kysely, conversation, message.id, [ITEM])
        await addToTotals(kysely, call.id)
      })
    }
    return last
  })
  bare.exec('begin immediate')
  replay(bare, found.queries)
  const limit = replay(bare, found.queries)
  bare.exec('commit')
  return { ours: found.took, limit }
}

const TEXT = 'Fifty words or so, as an answer has them. '.repeat(6)
const ITEM = {
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text: TEXT }],
}

async function readyToInsert(db, conversation) {
  const call = sampleCall({ conversationId: conversation })
  await closeCall(db, call)
  const message = await db.kysely
    .selectFrom('messages')
    .select('id')
    .where('conversation_id', '=', conversation)
    .executeTakeFirstOrThrow()
  return { conversation, message, call }
}

function opener(db, bare) {
  let on = db
  const routes = conversationRoutes({
    db: {
      ...db,
      get kysely() {
        return on.kysely
      },
    },
    defaultAgent: 'assistant',
    live: () => null,
    checkChoice: () => {},
    stopRunOf: () => Promise.resolve(),
  })
  return async (id) => {
    const request = new Request(`http://localhost/api/conversations/${id}`)
    const { took, queries, result } = await recorded(db, async (recording) => {
      on = recording
      return routes.fetch(request)
    })
    const { messages } = await result.json()
    if (messages.length !== 50) throw new Error(`${messages.length} messages instead of 50`)
    return { ours: took, limit: replay(bare, queries) }
  }
}

function searches() {
  const words = KNOWN_WORDS.map(([word]) => word)
  const [rare, some, many, most] = words
  const [common, seldom] = MODELS.map(([model]) => `model:${model}`)
  const halves = words.flatMap((word) => [word.slice(0, 2), word.slice(0, 3), word.slice(0, -1)])
  return [
    { what: 'a word', queries: words },
    { what: 'the beginning of a word', queries: halves },
    { what: 'two frequent words', queries: [`${many} ${most}`] },
    { what: 'a rare and a frequent one', queries: [`${rare} ${most}`, `${some} ${most}`] },
    { what: 'frequent words, never together', queries: [NEVER_TOGETHER.join(' ')] },
    { what: 'nothing like it', queries: ['zzzz', `${most} zzzz`] },
    { what: 'two words again and again', queries: [Array(15).fill(`${many} ${most}`).join(' ')] },
    { what: 'a word of a model', queries: [common, seldom].map((model) => `${most} ${model}`) },
    { what: 'only a filter', queries: [common, seldom, 'cost:>0.0015', 'cost:>1'] },
    { what: 'a word and an amount', queries: [`${most} cost:>1`, `${rare} cost:<0.1`] },
    { what: 'a word before a day', queries: [`${most} before:2026-01-02`, `${rare} before:2026`] },
  ]
}

/** Different words, like a pasted sentence. */
async function pasted(db) {
  const found = await db.kysely
    .selectFrom('messages')
    .select('parts')
    .where('number', 'in', PASTED)
    .execute()
  const queries = found.map(({ parts }) => JSON.parse(parts)[0].text)
  return { what: 'every word of a message', queries, times: queries.length }
}
