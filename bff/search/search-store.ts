// Searches the index, newest first. Words, filters and amounts are all tokens of the same index row, so any
// combination is one query, which SQLite answers by intersecting them. It cannot be interrupted, so one
// partition is searched after the other; after some milliseconds, what was found is returned with where to
// go on.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { sql } from 'kysely'
import { messageText } from '#shared/message-text.ts'
import type { SearchHit } from '#shared/search.ts'
import { OWNER } from '../conversations/conversation-store.ts'
import { readableParts } from '../conversations/message-store.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../http/problem.ts'
import { rangeTokens } from './cost-range.ts'
import { ANY, HAS_FILE, IS_ARCHIVED, keyAt, OWN, WITH_ANSWERS } from './index-store.ts'
import { listPartitions } from './partition-store.ts'
import type { Pattern, Piece, SearchQuery, TagKind } from './parse-query.ts'
import { findMatches, makeSnippet, marksOf } from './snippet.ts'
import { tokensOf } from './words.ts'
import { t } from '#shared/translate.ts'

type SearchedDatabase = Pick<Database, 'kysely'>

const MAX_SEARCH_MS = 12
/** Extra rows, because some are in deleted conversations. */
const SPARE_ROWS = 4
/** As long as little is found, several partitions are searched at once, which costs less for each. */
const MAX_GROWTH = 4
/** Keys of messages from the same time are spread. */
const KEY_SPREAD = 10_000

/** A query whose names are known, as plain data for the worker thread. */
export interface ResolvedQuery extends Omit<SearchQuery, 'named'> {
  /** Each: one of these tags. */
  tags: number[][]
}

export interface SearchRequest {
  query: ResolvedQuery
  /** The key of the last hit before. */
  after: number
  limit: number
  maxMs?: number
}

export interface FoundPage {
  items: SearchHit[]
  /** Null: there is nothing more. */
  next: number | null
}

/** Finds the tags of the names; one that no message has is refused with a sentence. */
export async function resolveNames(
  db: SearchedDatabase,
  { named, ...query }: SearchQuery,
): Promise<ResolvedQuery> {
  const tags: number[][] = []
  for (const { kind, value } of named) tags.push(await tagsOf(db, kind, value))
  return { ...query, tags }
}

async function tagsOf(db: SearchedDatabase, kind: TagKind, value: string): Promise<number[]> {
  const found = await db.kysely
    .selectFrom('search_tags')
    .select(['id', sql<string>`lower(value)`.as('value')])
    .where('kind', '=', kind)
    .where(sql<boolean>`instr(lower(value), ${value}) > 0`)
    .execute()
  if (value === '' || found.length === 0) {
    throw new Problem('bad_request', notFound(kind, value))
  }
  const exact = found.filter((tag) => tag.value === value)
  return (exact.length > 0 ? exact : found).map(({ id }) => id)
}

function notFound(kind: TagKind, value: string): string {
  switch (kind) {
    case 'model':
      return t`model: no message has a model named “${value}”.`
    case 'agent':
      return t`agent: no message has an agent named “${value}”.`
    case 'tool':
      return t`tool: no message has a tool named “${value}”.`
  }
}

export async function searchMessages(
  db: SearchedDatabase,
  { query, after, limit, maxMs = MAX_SEARCH_MS }: SearchRequest,
  stop?: AbortSignal,
): Promise<FoundPage> {
  const to = query.after === null ? Number.MAX_SAFE_INTEGER : keyAt(query.after)
  let from = Math.max(after, query.before === null ? 0 : keyAt(query.before) - KEY_SPREAD)
  const until = performance.now() + maxMs
  const items: SearchHit[] = []
  const partitions = await listPartitions(db.kysely, { from, to })
  let count = 1
  while (partitions.length > 0) {
    const together = partitions.splice(0, count)
    const end = together.at(-1)?.end ?? to
    const match = together.map(({ mark }) => toMatch(mark, query)).join(' OR ')
    const start = performance.now()
    for (let isRead = false; !isRead;) {
      if (items.length > 0 && performance.now() > until) return { items, next: from }
      const most = limit + 1 - items.length + SPARE_ROWS
      const keys = await matchingKeys(db, match, { from, to, most })
      for (const row of await readRows(db, query, keys)) {
        const hit = toHit(row, query)
        if (hit === null) continue
        if (items.length === limit) return { items, next: row.key - 1 }
        items.push(hit)
      }
      isRead = keys.length < most
      from = isRead ? Math.max(from, end - 1) : (keys.at(-1) ?? from)
      await yieldToEventLoop()
      stop?.throwIfAborted()
    }
    const now = performance.now()
    if (now > until && partitions.length > 0) return { items, next: from }
    const oneMs = (now - start) / together.length
    count = Math.max(1, Math.min(count * MAX_GROWTH, Math.floor((until - now) / oneMs)))
  }
  return { items, next: null }
}

async function matchingKeys(
  db: SearchedDatabase,
  match: string,
  { from, to, most }: { from: number; to: number; most: number },
): Promise<number[]> {
  const { rows } = await sql<{ key: number }>`
    select rowid as key from message_search
    where message_search match ${match} and rowid > ${from} and rowid <= ${to}
    order by rowid limit ${most}`.execute(db.kysely)
  return rows.map(({ key }) => key)
}

interface HitRow {
  key: number
  conversationId: string
  title: string
  messageId: string
  role: 'user' | 'assistant'
  parts: string
  at: string
}

/** The rows of these keys that may be shown; what the index knows roughly is compared exactly. */
async function readRows(
  db: SearchedDatabase,
  query: ResolvedQuery,
  keys: number[],
): Promise<HitRow[]> {
  if (keys.length === 0) return []
  const { after, before, costs, isArchived } = query
  const { rows } = await sql<HitRow>`
    select e.key, c.id as conversationId, c.title, m.id as messageId, m.role, m.parts,
      m.created_at as at
    from search_entries e
    join messages m on m.number = e.message_number
    join conversations c on c.id = m.conversation_id
    where e.key in (${sql.join(keys)}) and c.owner = ${OWNER} and c.deleted_at is null
      and m.deletion_id is null
      and (${isArchived ? 1 : 0} = 0 or c.archived_at is not null)
      and (${after} is null or m.created_at >= ${after})
      and (${before} is null or m.created_at < ${before})
      and ${costs.length === 0 ? sql`true` : sql.join(costs.map(costsWithin), sql` and `)}
    order by e.key`.execute(db.kysely)
  return rows
}

/** A question costs what one of its answers costs. */
function costsWithin({ from, to }: { from: number; to: number }) {
  return sql<boolean>`case m.role when 'user' then exists (
      select 1 from messages answer where answer.parent_id = m.id and answer.deletion_id is null
        and answer.totals ->> 'costNanoUsd' between ${from} and ${to}
    ) else m.totals ->> 'costNanoUsd' between ${from} and ${to} end`
}

/** Returns null if a phrase that the index cannot tell from its words is not in the message. */
function toHit(row: HitRow, { patterns }: ResolvedQuery): SearchHit | null {
  const title = row.title.normalize('NFC')
  const text = messageText({ parts: readableParts(row.parts) }).normalize('NFC')
  const inTitle = findMatches(title, patterns)
  const inText = findMatches(text, patterns)
  const found = new Set([...inTitle, ...inText].map(({ pattern }) => pattern))
  const isMissing = (pattern: Pattern) =>
    !isExact(pattern) && !found.has(pattern) && findMatches(text, [pattern]).length === 0
  if (patterns.some(isMissing)) return null
  const { text: snippet, marks } = makeSnippet(text, inText, row.role === 'assistant')
  const { conversationId, messageId, role, at } = row
  const titleMarks = marksOf(inTitle)
  return { conversationId, title, titleMarks, messageId, role, snippet, snippetMarks: marks, at }
}

/** Whether a message with its tokens always matches. */
function isExact(pattern: Pattern): boolean {
  const [piece] = pattern
  return pattern.length === 1 && piece !== undefined && (!piece.isUnspaced || piece.text.length < 3)
}

/** `mark` begins the tokens of a partition. */
function toMatch(mark: string, query: ResolvedQuery): string {
  const { patterns, tags, costs, hasFile, isArchived } = query
  const all = patterns.flat().map((piece) => matchOf(mark, piece))
  // With words, a question is also found by what its answers are found by.
  const scope = patterns.length > 0 ? WITH_ANSWERS : OWN
  const tagged = (values: (string | number)[]) => anyOf(values.map((value) => mark + scope + value))
  for (const ids of tags) all.push(tagged(ids))
  for (const range of costs) all.push(tagged(rangeTokens(range)))
  if (hasFile) all.push(tagged([HAS_FILE]))
  if (isArchived) all.push(tagged([IS_ARCHIVED]))
  return all.length === 0 ? `"${mark}${ANY}"` : `(${all.join(' AND ')})`
}

const anyOf = (tokens: string[]) => `(${tokens.map((token) => `"${token}"`).join(' OR ')})`

function matchOf(mark: string, piece: Piece): string {
  if (piece.isPrefix) return `"${mark}${piece.text}" *`
  const tokens = tokensOf(piece).map((token) => `"${mark}${token}"`)
  return tokens.join(' AND ')
}
