// Full text search of messages. New messages wait in a queue and are indexed in small batches outside
// of requests. The queue is filled in the transaction that stores the message, so a crash loses
// nothing.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { sql } from 'kysely'
import type { SearchHit } from '#shared/api.ts'
import { messageText } from '#shared/message-text.ts'
import type { Database, Writing } from '../db/open.ts'
import { readableParts } from './message-store.ts'
import { OWNER } from './conversation-store.ts'

const BATCH = 20
/**
 * The number of words searched for. Of more words, such as a pasted sentence, the longest are taken,
 * which are the rare ones: each common word makes SQLite scan most messages.
 */
const MAX_WORDS = 6
const MAX_WORD_CHARS = 100
/** Hits are read in pages, because some are in deleted conversations. */
const PAGE_HITS = 100
/** Extra hits on the first page. Few, because most conversations are not deleted. */
const SPARE_HITS = 5
const MAX_PAGES = 10
/**
 * The size of the first search window in messages. If each word is in most messages but never all in
 * one, SQLite scans all messages and cannot be interrupted, so it searches one window at a time, newest
 * first. Windows grow, because SQLite scans the newer messages again, but only as far as the remaining
 * time allows.
 */
const FIRST_WINDOW = 32_768
const MAX_GROWTH = 8
const MAX_SEARCH_MS = 1000

export async function enqueueForSearch(trx: Writing, ...messageIds: string[]): Promise<void> {
  await trx
    .insertInto('search_queue')
    .columns(['message_number'])
    .expression((from) =>
      from.selectFrom('messages').select('number').where('id', 'in', messageIds),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Indexes the next messages of the queue. Returns false if it is empty. */
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
 * Returns the messages that contain every word (the six longest of many), newest first. The input is
 * plain words, never query syntax. A search that takes too long returns what it found so far.
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
    select hits.number,
      c.owner = ${OWNER} and c.deleted_at is null and m.deletion_id is null as visible,
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
 * Turns each distinct word into a quoted FTS5 string: SQLite scans once per word, even a repeated one.
 * Returns null if there is no word.
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
