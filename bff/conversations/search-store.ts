// Full text search of messages. New messages wait in a queue and are indexed in small batches
// outside of requests; the queue is filled in the transaction that stores the message, so a crash
// loses nothing.
import { sql } from 'kysely'
import * as z from 'zod/mini'
import type { SearchHit } from '#shared/api.ts'
import { MessagePart } from '#shared/message.ts'
import { messageText } from '#shared/message-text.ts'
import type { Database, Writing } from '../db/open.ts'
import { OWNER } from './store.ts'

const BATCH = 20
/**
 * Of more words, as of a sentence that is pasted, the longest are looked for: they are the rare ones.
 * Every further word may be in most messages, all of which SQLite would go through.
 */
const MOST_WORDS = 6
const MOST_WORD_CHARS = 100
/** Hits are looked at in pages, since some are in deleted conversations, and never all of them. */
const PAGE_HITS = 100
const MOST_PAGES = 10

const Parts = z.array(MessagePart)

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
      const text = messageText({ parts: Parts.parse(JSON.parse(parts)) })
      await trx.deleteFrom('search_queue').where('message_number', '=', number).execute()
      await trx.deleteFrom('message_search').where('rowid', '=', number).execute()
      await trx.insertInto('message_search').values({ rowid: number, text }).execute()
    }
  })
  return true
}

/**
 * Messages that hold every word, or of many the six longest, newest first. What people type is words,
 * never query syntax.
 */
export async function searchMessages(
  db: Database,
  query: string,
  limit: number,
): Promise<SearchHit[]> {
  const match = toMatch(query)
  return match === null ? [] : findVisible(db, match, limit)
}

async function findVisible(db: Database, match: string, limit: number): Promise<SearchHit[]> {
  const found: SearchHit[] = []
  let before = Number.MAX_SAFE_INTEGER
  for (let page = 0; page < MOST_PAGES && found.length < limit; page += 1) {
    const rows = await readHits(db, match, before)
    for (const { number, visible, ...hit } of rows) {
      before = number
      if (visible === 1 && found.length < limit) found.push(hit)
    }
    if (rows.length < PAGE_HITS) break
  }
  return found
}

type HitRow = SearchHit & { number: number; visible: number }

async function readHits(db: Database, match: string, before: number): Promise<HitRow[]> {
  const { rows } = await sql<HitRow>`
    select hits.number, c.owner = ${OWNER} and c.deleted_at is null as visible,
      c.id as conversationId, c.title, m.id as messageId, m.role, hits.snippet, m.created_at as at
    from (
      select rowid as number, snippet(message_search, 0, '', '', '…', 24) as snippet
      from message_search where message_search match ${match} and rowid < ${before}
      order by rowid desc limit ${sql.lit(PAGE_HITS)}
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
  const kept = [...different.values()].toSorted(byLength).slice(0, MOST_WORDS)
  return kept.map((word) => `"${word.slice(0, MOST_WORD_CHARS)}"`).join(' ')
}

function byLength(one: string, other: string): number {
  return other.length - one.length
}
