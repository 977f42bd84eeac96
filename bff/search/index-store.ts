// Indexes messages for the search. Changed messages wait in a queue, which triggers fill in the transaction
// of the change, so a crash loses nothing; they are indexed in small batches outside of requests.
import { type Kysely, sql } from 'kysely'
import type { MessagePart } from '#shared/message.ts'
import { messageText } from '#shared/message-text.ts'
import { readableParts, readableTotals } from '../conversations/message-store.ts'
import type { Database, Writing } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import type { Schema } from '../db/schema.ts'
import { storageFailure } from '../db/unavailable.ts'
import { yieldWhenDue } from '../jobs/event-loop.ts'
import { costTokens } from './cost-range.ts'
import type { TagKind } from './parse-query.ts'
import { addToPartition, MAX_ENTRIES, partitionMark, queueMoved } from './partition-store.ts'
import { tokensOf, wordsIn } from './words.ts'

const BATCH = 6
/** Limits how long one insertion takes. */
const MAX_TOKENS = 10_000
const WORDS_PER_STEP = 100
/** Of a transaction, which takes one turn with its commit. */
const MAX_READY_MS = 2
/** Later than any stored time. */
const END_OF_TIME = Date.UTC(9999, 11, 31, 23, 59, 59, 999) + 1

/** A later time has a smaller key. Positive. */
export const keyAt = (time: string) => END_OF_TIME - Date.parse(time)

/** `=` marks what the message has itself, `+` also what the answers of a question have. */
export const OWN = '='
export const WITH_ANSWERS = '+'
/** Every message has it. */
export const ANY = `${OWN}any`
export const HAS_FILE = 'file'
export const IS_ARCHIVED = 'archive'

interface QueuedRow {
  number: number
  id: string
  role: 'user' | 'assistant'
  parts: string
  totals: string | null
  model: string | null
  agent: string | null
  created_at: string
  title: string | null
  isArchived: 0 | 1
}

/**
 * Indexes the next messages of the queue. Returns false if it is empty. A message that cannot be indexed
 * leaves the queue, so that it stops no other, and is told to `onError`.
 */
export async function indexNextMessages(
  db: Database,
  onError: (error: unknown) => void,
  maxEntries = MAX_ENTRIES,
): Promise<boolean> {
  const queued = await readQueue(db.kysely)
  // New messages are found before those that only change their partition.
  if (queued.length === 0) return queueMoved(db)
  try {
    await indexMessages(db, queued, maxEntries)
  } catch (error) {
    if (storageFailure(error) !== null) throw error
    for (const row of queued) await indexAlone(db, row, maxEntries, onError)
  }
  return true
}

async function indexAlone(
  db: Database,
  row: QueuedRow,
  maxEntries: number,
  onError: (error: unknown) => void,
): Promise<void> {
  try {
    await indexMessages(db, [row], maxEntries)
  } catch (error) {
    if (storageFailure(error) !== null) throw error
    await db.transaction((trx) =>
      trx.deleteFrom('search_queue').where('message_number', '=', row.number).execute(),
    )
    onError(error)
  }
}

async function indexMessages(db: Database, queued: QueuedRow[], maxEntries: number): Promise<void> {
  const words = new Map<number, Set<string>>()
  for (const row of queued) words.set(row.number, await wordTokens(row))
  await db.transaction(async (trx) => {
    const tagIds = new Map<string, number>()
    const ready: { key: number; mark: string; tokens: string[] }[] = []
    // One that has changed since stays in the queue.
    const unchanged = new Set((await readQueue(trx)).map((row) => JSON.stringify(row)))
    const rows = queued.filter((row) => unchanged.has(JSON.stringify(row)))
    if (rows.length === 0) return
    const start = performance.now()
    for (const row of rows) {
      // Before a division of a partition adds it again.
      await leaveQueue(trx, { number: row.number })
      const tokens = [ANY, ...(words.get(row.number) ?? []), ...(await tagTokens(trx, tagIds, row))]
      ready.push({ ...(await entryOf(trx, row, maxEntries)), tokens })
      // The others stay in the queue.
      if (performance.now() - start > MAX_READY_MS) break
    }
    // FTS5 writes a new segment whenever a key is smaller than the one before.
    for (const { key, mark, tokens } of ready.toSorted((one, other) => one.key - other.key)) {
      await insertTokens(trx, { key, tokens: tokens.map((token) => mark + token).join(' ') })
    }
  })
}

const leaveQueue = prepared(['number'], (db, placeholder) =>
  sql`delete from search_queue where message_number = ${placeholder('number')}`.compile(db),
)

const insertTokens = prepared(['key', 'tokens'], (db, placeholder) =>
  sql`
    insert into message_search (rowid, tokens)
    values (${placeholder('key')}, ${placeholder('tokens')})`.compile(db),
)

/** A cross join keeps the order of the tables: SQLite would go through all messages to find the few that wait. */
async function readQueue(db: Kysely<Schema>): Promise<QueuedRow[]> {
  const { rows } = await sql<QueuedRow>`
    select m.number, m.id, m.role, m.parts, m.totals, m.model, m.agent, m.created_at,
      case when m.parent_id is null then c.title end as title,
      c.archived_at is not null as isArchived
    from search_queue q cross join messages m on m.number = q.message_number
    cross join conversations c on c.id = m.conversation_id
    where m.status <> 'running' and c.temporary = 0
    order by q.message_number limit ${sql.lit(BATCH)}`.execute(db)
  return rows
}

/** Yields to requests while it splits a long text. */
async function wordTokens({ parts, title }: QueuedRow): Promise<Set<string>> {
  const text = `${title ?? ''}\n${messageText({ parts: readableParts(parts) })}`.normalize('NFC')
  const tokens = new Set<string>()
  let words = 0
  for (const word of wordsIn(text)) {
    for (const token of tokensOf(word)) tokens.add(token)
    if (tokens.size >= MAX_TOKENS) break
    if ((words += 1) % WORDS_PER_STEP === 0) await yieldWhenDue()
  }
  return tokens
}

async function tagTokens(
  trx: Writing,
  tagIds: Map<string, number>,
  row: QueuedRow,
): Promise<string[]> {
  const own = await ownTags(trx, tagIds, row)
  if (row.isArchived === 1) own.push(IS_ARCHIVED)
  const answers = row.role === 'user' ? await answersTo(trx, row.id) : []
  const ofAnswers: string[] = []
  for (const answer of answers) ofAnswers.push(...(await ownTags(trx, tagIds, answer)))
  const all = new Set([...own, ...ofAnswers])
  return [...own.map((tag) => OWN + tag), ...[...all].map((tag) => WITH_ANSWERS + tag)]
}

type Tagged = Pick<QueuedRow, 'parts' | 'totals' | 'model' | 'agent'>

function answersTo(trx: Writing, questionId: string): Promise<Tagged[]> {
  return trx
    .selectFrom('messages')
    .select(['parts', 'totals', 'model', 'agent'])
    .where('parent_id', '=', questionId)
    .where('status', '<>', 'running')
    .where('deletion_id', 'is', null)
    .orderBy('id', 'desc')
    .limit(MAX_ANSWERS)
    .execute()
}

const MAX_ANSWERS = 20

async function ownTags(
  trx: Writing,
  tagIds: Map<string, number>,
  { parts, totals, model, agent }: Tagged,
): Promise<string[]> {
  const read = readableParts(parts)
  const named: [TagKind, string][] = [...toolsIn(read)].map((name) => ['tool', name])
  if (model !== null) named.push(['model', model])
  if (agent !== null) named.push(['agent', agent])
  const tags: string[] = []
  for (const [kind, value] of named) {
    const name = `${kind}:${value}`
    const id = tagIds.get(name) ?? (await tagId(trx, kind, value))
    tagIds.set(name, id)
    tags.push(String(id))
  }
  const sums = readableTotals(totals)
  // The money of the demo is not real.
  if (sums?.costNanoUsd != null && sums.demo !== true) tags.push(...costTokens(sums.costNanoUsd))
  if (read.some(isFile)) tags.push(HAS_FILE)
  return tags
}

const isFile = (part: MessagePart): boolean =>
  part.type === 'file' ||
  (part.type === 'tool_call' && ((part.files ?? []).length > 0 || (part.parts ?? []).some(isFile)))

function* toolsIn(parts: MessagePart[]): Generator<string> {
  for (const part of parts) {
    if (part.type !== 'tool_call') continue
    yield part.name
    yield* toolsIn(part.parts ?? [])
  }
}

async function tagId(trx: Writing, kind: TagKind, value: string): Promise<number> {
  await trx
    .insertInto('search_tags')
    .values({ kind, value })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { id } = await trx
    .selectFrom('search_tags')
    .select('id')
    .where('kind', '=', kind)
    .where('value', '=', value)
    .executeTakeFirstOrThrow()
  return id
}

const findEntry = prepared(['number'], (db, placeholder) =>
  db
    .selectFrom('search_entries')
    .select('key')
    .where('message_number', '=', sql<number>`${placeholder('number')}`)
    .compile(),
)

const insertEntry = prepared(['key', 'number'], (db, placeholder) =>
  sql<{ key: number }>`
    insert into search_entries (key, message_number)
    values (${placeholder('key')}, ${placeholder('number')})
    on conflict (key) do nothing returning key`.compile(db),
)

/** Returns the key of the message, which its earlier index entry no longer uses, and the mark of its partition. */
async function entryOf(
  trx: Writing,
  { number, created_at: at }: QueuedRow,
  maxEntries: number,
): Promise<{ key: number; mark: string }> {
  const [known] = await findEntry(trx, { number })
  if (known !== undefined) {
    await trx.deleteFrom('message_search').where('rowid', '=', known.key).execute()
    return { key: known.key, mark: await partitionMark(trx, known.key) }
  }
  for (let attempt = 0; ; attempt += 1) {
    // Messages of one millisecond follow each other; of very many, such as an import without times,
    // the keys are spread.
    const offset = attempt < 4 ? attempt : Math.floor(Math.random() * 4 ** attempt)
    const key = keyAt(at) - offset
    const made = await insertEntry(trx, { key, number })
    if (made.length > 0) return { key, mark: await addToPartition(trx, key, maxEntries) }
  }
}
