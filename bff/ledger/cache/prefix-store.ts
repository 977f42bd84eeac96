// Stores fingerprints of a conversation's newest requests, and compares each request with the earlier
// one it shares the most with. Written with the ledger row, deleted with the conversation.
import { sql } from 'kysely'
import * as z from 'zod/mini'
import { PrefixChange } from '#shared/call-cache.ts'
import type { ModelCall } from '#shared/ledger.ts'
import type { RequestPrefix, PrefixItem } from '../../upstream/types.ts'
import type { Database, Writing } from '../../db/open.ts'
import { yieldWhenDue } from '../../jobs/event-loop.ts'
import { type Difference, difference } from './compare-prefix.ts'

/** Several, because branches alternate and an answer with tools makes several requests. */
const KEPT = 4

/** A request's fingerprints, and the earlier request that it continues. */
export interface ComparedPrefix {
  prefix: RequestPrefix
  closest: Closest | null
}

/** Call before the transaction that stores it: comparing takes several turns of the event loop. */
export async function comparePrefix(
  db: Database,
  call: ModelCall,
  prefix: RequestPrefix,
): Promise<ComparedPrefix> {
  const { conversationId } = call
  const closest =
    conversationId === null ? null : await closestBefore(db, conversationId, call, prefix)
  return { prefix, closest }
}

/** Stores nothing if the conversation has been deleted. */
export async function keepPrefix(
  trx: Writing,
  call: ModelCall,
  { prefix, closest }: ComparedPrefix,
): Promise<void> {
  const { id, conversationId } = call
  if (conversationId === null || !(await isThere(trx, conversationId))) return
  await trx
    .insertInto('call_reuse')
    .values({ call_id: id, conversation_id: conversationId, ...toRow(closest, call) })
    .execute()
  await trx
    .insertInto('call_prefixes')
    .values({ call_id: id, conversation_id: conversationId, prefix: writePrefix(prefix) })
    .execute()
  await sql`
    delete from call_prefixes where conversation_id = ${conversationId} and number not in (
      select number from call_prefixes where conversation_id = ${conversationId}
      order by number desc limit ${sql.lit(KEPT)}
    )`.execute(trx)
}

async function isThere(trx: Writing, conversationId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('conversations')
    .select('id')
    .where('id', '=', conversationId)
    .executeTakeFirst()
  return row !== undefined
}

interface Closest extends Difference {
  inputTokens: number | null
  endedAt: number
}

/** Returns the earlier request with the longest common prefix; the newest if several tie. */
async function closestBefore(
  db: Database,
  conversationId: string,
  call: ModelCall,
  prefix: RequestPrefix,
): Promise<Closest | null> {
  const rows = await db.kysely
    .selectFrom('call_prefixes')
    .innerJoin('model_calls', 'model_calls.id', 'call_prefixes.call_id')
    .select([
      'prefix',
      'provider',
      'model_requested',
      'agent',
      'input_tokens',
      'started_at',
      'duration_ms',
    ])
    .where('call_prefixes.conversation_id', '=', conversationId)
    .orderBy('number', 'desc')
    .execute()
  const later = { provider: call.provider, model: call.modelRequested, agent: call.agent, prefix }
  let closest: Closest | null = null
  for (const row of rows) {
    await yieldWhenDue()
    const { provider, model_requested: model, agent } = row
    const earlier = { provider, model, agent, prefix: readPrefix(row.prefix) }
    const found = difference(earlier, later)
    if (closest !== null && closest.commonChars >= found.commonChars) continue
    const endedAt = Date.parse(row.started_at) + row.duration_ms
    closest = { ...found, inputTokens: row.input_tokens, endedAt }
  }
  return closest
}

function toRow(closest: Closest | null, call: ModelCall) {
  if (closest === null) {
    return {
      change: 'first' as const,
      changed_number: null,
      gap_ms: null,
      previous_tokens: null,
      common_tokens: null,
    }
  }
  const { change, number, common, inputTokens, endedAt } = closest
  return {
    change,
    changed_number: number,
    gap_ms: Math.max(0, Math.round(Date.parse(call.startedAt) - endedAt)),
    previous_tokens: inputTokens,
    common_tokens: inputTokens === null ? null : Math.round(inputTokens * common),
  }
}

/** How a request compares with the earlier one it shares the most with. */
export interface Reuse {
  change: PrefixChange | null
  changedNumber: number | null
  gapMs: number | null
  previousTokens: number | null
  commonTokens: number | null
}

export async function reuseOf(db: Database, callIds: string[]): Promise<Map<string, Reuse>> {
  const ids = JSON.stringify(callIds)
  const rows = await db.kysely
    .selectFrom('call_reuse')
    .selectAll()
    .where('call_id', 'in', sql<string>`(select value from json_each(${ids}))`)
    .execute()
  return new Map(rows.map((row) => [row.call_id, toReuse(row)]))
}

interface ReuseRow {
  change: string | null
  changed_number: number | null
  gap_ms: number | null
  previous_tokens: number | null
  common_tokens: number | null
}

export function toReuse(row: ReuseRow): Reuse {
  return {
    change: z.nullable(PrefixChange).parse(row.change),
    changedNumber: row.changed_number,
    gapMs: row.gap_ms,
    previousTokens: row.previous_tokens,
    commonTokens: row.common_tokens,
  }
}

const KINDS: Record<string, PrefixItem['kind']> = {
  q: 'question',
  a: 'answer',
  c: 'tool_call',
  r: 'tool_result',
  t: 'reasoning',
}

const LETTERS = new Map(Object.entries(KINDS).map(([letter, kind]) => [kind, letter]))

const HASH_CHARS = 12

/**
 * Encodes a request's fingerprints as one line of text, compact and fast to parse: a long conversation
 * has a thousand of them.
 */
export function writePrefix(prefix: RequestPrefix): string {
  const { instructions, tools, format, headChars, items } = prefix
  const each = items.map(({ kind, hash, chars }) => `${LETTERS.get(kind) ?? ''}${hash}${chars}`)
  return [instructions, tools, format, headChars, ...each].join(' ')
}

export function readPrefix(text: string): RequestPrefix {
  const [instructions = '', tools = '', format = '', headChars = '0', ...each] = text.split(' ')
  return { instructions, tools, format, headChars: Number(headChars), items: each.map(readItem) }
}

function readItem(text: string): PrefixItem {
  return {
    kind: KINDS[text.charAt(0)] ?? 'question',
    hash: text.slice(1, 1 + HASH_CHARS),
    chars: Number(text.slice(1 + HASH_CHARS)),
  }
}
