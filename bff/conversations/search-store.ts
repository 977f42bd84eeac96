// Full text search of messages. New messages wait in a queue and are indexed in small batches
// outside of requests; the queue is filled in the transaction that stores the message, so a crash
// loses nothing.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { sql } from 'kysely'
import type { SearchHit } from '#shared/api.ts'
import { messageText } from '#shared/message-text.ts'
import type { Database, Writing } from '../db/open.ts'
import { readableParts } from './message-store.ts'
import { OWNER } from './conversation-store.ts'

const BATCH = 20
/**
 * Of more words, as of a sentence that is pasted, the longest are looked for: they are the rare ones.
 * Every further word may be in most messages, all of which SQLite would go through.
 */
const MAX_WORDS = 6
const MAX_WORD_CHARS = 100
/** Hits are looked at in pages, since some are in deleted conversations, and never all of them. */
const PAGE_HITS = 100
/** The first page has little more than what is wanted: most conversations are not deleted. */
const SPARE_HITS = 5
const MAX_PAGES = 10
/**
 * Words that are in most messages but never together make SQLite go through all of them, which nothing
 * can interrupt. So it looks at a window of messages at a time, the newest first. Each window is larger
 * than the one before, since SQLite goes through the newer ones again, and not larger than the time
 * that is left allows.
 */
const FIRST_WINDOW = 32_768
const MAX_GROWTH = 8
const MAX_SEARCH_MS = 1000

export async function enqueueForSearch(trx: Writing, messageId: string): Promise<void> {
  await trx
    .insertInto('search_queue')
    .columns(['message_number'])
    .expression((from) => from.selectFrom('messages').select('number').where('id', '=', messageId))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Indexes the next messages of the queue; false when it is empty. */
export async function indexNextMessages(db: Database): Promise<boolean> {
  const rows = await db.kysely
    .selectFrom('search_queue')
    .innerJoin('messages', 'messages.number', 'search_queue.message_number')
    .select(['messages.number', 'messages.parts'])
    .orderBy('messages.number')
    .limit(BATCH)
    .execute()
  if (rows.length === 0) return false
  await db.transaction(async (trx) => {
    for (const { number, parts } of rows) {
      const text = messageText({ parts: readableParts(parts) })
      await trx.deleteFrom('search_queue').where('message_number', '=', number).execute()
      await trx.deleteFrom('message_search').where('rowid', '=', number).execute()
      await trx.insertInto('message_search').values({ rowid: number, text }).execute()
    }
  })
  return true
}

/**
 * Messages that hold every word, or of many the six longest, newest first. What people type is words,
 * never query syntax. A search that takes too long gives what it has found by then.
 */
export async function searchMessages(
  db: Pick<Database, 'kysely'>,
  query: string,
  limit: number,
  stop?: AbortSignal,
): Promise<SearchHit[]> {
  const match = toMatch(query)
  if (match === null) return []
  const found: SearchHit[] = []
  const until = performance.now() + MAX_SEARCH_MS
  let window = FIRST_WINDOW
  let before = (await newestNumber(db)) + 1
  for (let pages = 0; pages < MAX_PAGES && before > 1 && found.length < limit;) {
    const start = performance.now()
    const most = pages === 0 ? Math.min(limit + SPARE_HITS, PAGE_HITS) : PAGE_HITS
    const rows = await readHits(db, match, { from: before - window, before, most })
    found.push(...rows.filter(({ visible }) => visible === 1).map(toHit))
    const isFull = rows.length === most
    if (isFull) pages += 1
    before = isFull ? (rows.at(-1)?.number ?? 1) : before - window
    const end = performance.now()
    const growth = Math.min(MAX_GROWTH, (until - end) / (end - start))
    if (growth < 1) break
    window = Math.floor(window * growth)
    await yieldToEventLoop()
    stop?.throwIfAborted()
  }
  return found.slice(0, limit)
}

async function newestNumber(db: Pick<Database, 'kysely'>): Promise<number> {
  const row = await db.kysely
    .selectFrom('messages')
    .select((of) => of.fn.max('number').as('number'))
    .executeTakeFirst()
  return row?.number ?? 0
}

type HitRow = SearchHit & { number: number; visible: number }

function toHit(row: HitRow): SearchHit {
  const { conversationId, title, messageId, role, snippet, at } = row
  return { conversationId, title, messageId, role, snippet, at }
}

async function readHits(
  db: Pick<Database, 'kysely'>,
  match: string,
  { from, before, most }: { from: number; before: number; most: number },
): Promise<HitRow[]> {
  const { rows } = await sql<HitRow>`
    select hits.number, c.owner = ${OWNER} and c.deleted_at is null as visible,
      c.id as conversationId, c.title, m.id as messageId, m.role, hits.snippet, m.created_at as at
    from (
      select rowid as number, snippet(message_search, 0, '', '', '…', 24) as snippet
      from message_search
      where message_search match ${match} and rowid >= ${from} and rowid < ${before}
      order by rowid desc limit ${most}
    ) hits
    join messages m on m.number = hits.number
    join conversations c on c.id = m.conversation_id
    order by hits.number desc`.execute(db.kysely)
  return rows
}

/**
 * Each word as a string of FTS5, whatever is in it, and once, since SQLite goes through all messages
 * of it each time; null when there is none.
 */
function toMatch(query: string): string | null {
  const words = query.match(/[\p{L}\p{N}\p{M}_]+/gu) ?? []
  if (words.length === 0) return null
  const different = new Map(words.map((word) => [word.toLowerCase(), word]))
  const kept = [...different.values()].toSorted(byLength).slice(0, MAX_WORDS)
  return kept.map((word) => `"${word.slice(0, MAX_WORD_CHARS)}"`).join(' ')
}

function byLength(one: string, other: string): number {
  return other.length - one.length
}
