// Inserting an item with its sums, opening a conversation, and searching, on a million messages.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { conversationRoutes } from '../../bff/conversations/routes.ts'
import { searchMessages } from '../../bff/conversations/search-store.ts'
import { openDatabase } from '../../bff/db/open.ts'
import { addToTotals, closeCall } from '../../bff/ledger/store.ts'
import { insertItems } from '../../bff/runs/item-store.ts'
import { random } from '../render/answer.mjs'
import { sampleCall } from './call.mjs'
import { generatedFolder } from './folder.mjs'
import {
  CONVERSATIONS,
  conversationId,
  fillWithMessages,
  KNOWN_WORDS,
} from './million-messages.mjs'
import { atMost, best, timed } from './timing.mjs'

/** Messages from all over the million. */
const PASTED = Array.from({ length: 100 }, (_, n) => 5000 + n * 9973)

const generator = join(import.meta.dirname, 'million-messages.mjs')

export async function* measureMessages() {
  yield* onCopy(await generatedFolder('messages', generator, fillWithMessages), measureAll)
}

/** What is measured writes, and the generated folder stays as it is. */
async function* onCopy(folder, work) {
  const copy = mkdtempSync(join(tmpdir(), 'tally-bench-'))
  cpSync(folder, copy, { recursive: true })
  const db = await openDatabase(join(copy, 'tally.db'))
  try {
    yield* work(db)
  } finally {
    await db.close()
    rmSync(copy, { recursive: true, force: true })
  }
}

async function* measureAll(db) {
  const next = random(3)
  const some = () => conversationId(Math.floor(next() * CONVERSATIONS))
  const item = await best(() => timed(1000, () => insertOne(db, [some(), some()])))
  yield atMost('T11', 'item and its sums, apart from the commit, median', item.median, 0.05)
  const open = opener(db)
  const short = await best(() => timed(400, () => open(some())))
  yield atMost('T11', 'last 50 of 1,000,000 in the handler, median', short.median, 0.3)
  const long = await best(() => timed(400, () => open(conversationId(CONVERSATIONS))))
  yield atMost('T11', 'last 50 of the conversation of 2,000, median', long.median, 0.3)
  for (const { what, queries, times = 300 } of [...searches(), await pasted(db)]) {
    const found = await best(() =>
      timed(times, (n) => searchMessages(db, queries[n % queries.length], 20)),
    )
    yield atMost('T11', `search of 1,000,000 messages, ${what}, p99`, found.p99, 5)
  }
}

/**
 * Timed without the beginning and the commit of its transaction, and after another one in it: the wait
 * for the disk that ended the transaction before leaves the processor cold, and is the commit's.
 */
async function insertOne(db, conversations) {
  const ready = []
  for (const conversation of conversations) ready.push(await readyToInsert(db, conversation))
  return db.transaction(async (trx) => {
    let took = 0
    for (const { conversation, message, call } of ready) {
      const start = performance.now()
      await insertItems(trx, conversation, message.id, [ITEM])
      await addToTotals(trx, call.id)
      took = performance.now() - start
    }
    return took
  })
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

function opener(db) {
  const routes = conversationRoutes({
    db,
    defaultAgent: 'assistant',
    live: () => null,
    checkChoice: () => {},
    stopRunOf: () => Promise.resolve(),
  })
  return async (id) => {
    const request = new Request(`http://localhost/api/conversations/${id}`)
    const start = performance.now()
    const response = await routes.fetch(request)
    const took = performance.now() - start
    const { messages } = await response.json()
    if (messages.length !== 50) throw new Error(`${messages.length} messages instead of 50`)
    return took
  }
}

function searches() {
  const words = KNOWN_WORDS.map(([word]) => word)
  const [rare, some, many, most] = words
  return [
    { what: 'a word', queries: words },
    { what: 'two frequent words', queries: [`${many} ${most}`] },
    { what: 'a rare and a frequent one', queries: [`${rare} ${most}`, `${some} ${most}`] },
    { what: 'nothing like it', queries: ['zzzz', `${most} zzzz`] },
    { what: 'two words again and again', queries: [Array(15).fill(`${many} ${most}`).join(' ')] },
  ]
}

/** Different words, as of a sentence that somebody looks for: the product takes thirty-two of them. */
async function pasted(db) {
  const found = await db.kysely
    .selectFrom('message_search')
    .select('text')
    .where('rowid', 'in', PASTED)
    .execute()
  const queries = found.map(({ text }) => text)
  return { what: 'every word of a message', queries, times: queries.length }
}
