// Writes runs of an export of Tally with their events and what they leave behind. Only what belongs to a
// message or a run that this import has written is taken.
import * as z from 'zod/mini'
import { OWNER } from '../conversations/conversation-store.ts'
import { checksumOf } from '../db/checksum.ts'
import type { Writing } from '../db/open.ts'
import { field, textAt, timeAt } from './json-fields.ts'
import type { OpenConversation } from './write-store.ts'

const StoredRun = z.object({
  id: z.string(),
  messageId: z.string(),
  userMessageId: z.string(),
  status: z.enum(['completed', 'stopped', 'failed', 'interrupted']),
  agent: z.string(),
  provider: z.string(),
  model: z.string(),
  lastSeq: z.int(),
  createdAt: z.iso.datetime({ precision: 3 }),
  endedAt: z.iso.datetime({ precision: 3 }),
})

const StoredEvent = z.object({
  runId: z.string(),
  seq: z.int().check(z.positive()),
  event: z.string(),
})
const NestedItem = z.object({
  runId: z.string(),
  parentCallId: z.string(),
  seq: z.int().check(z.positive()),
})
const ToolOutput = z.object({ runId: z.string(), callId: z.string(), output: z.string() })
const StoredWait = z.object({
  id: z.string(),
  runId: z.string(),
  kind: z.enum(['budget', 'approval', 'question']),
  tool: z.nullable(z.string()),
  agent: z.nullable(z.string()),
  createdAt: z.iso.datetime({ precision: 3 }),
  expiresAt: z.iso.datetime({ precision: 3 }),
  decidedAt: z.iso.datetime({ precision: 3 }),
})

export async function insertRunLine(
  trx: Writing,
  open: OpenConversation,
  type: string,
  fields: object,
): Promise<void> {
  if (type === 'run') return insertRun(trx, open, fields)
  if (type === 'summary') return insertSummary(trx, open, fields)
  if (!open.fresh.has(textAt(fields, 'runId'))) return
  if (type === 'event') {
    const line = StoredEvent.parse(fields)
    const data = JSON.stringify(field(fields, 'data'))
    const row = { run_id: line.runId, seq: line.seq, type: line.event, data }
    const checksum = checksumOf('run_events', row)
    await trx
      .insertInto('run_events')
      .values({ ...row, checksum })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  } else if (type === 'nested_item') {
    const line = NestedItem.parse(fields)
    const item = JSON.stringify(field(fields, 'item') ?? null)
    await trx
      .insertInto('nested_items')
      .values({ run_id: line.runId, parent_call_id: line.parentCallId, seq: line.seq, item })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  } else if (type === 'tool_output') {
    const line = ToolOutput.parse(fields)
    await trx
      .insertInto('tool_outputs')
      .values({ run_id: line.runId, call_id: line.callId, output: line.output })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  } else if (type === 'wait') await insertWait(trx, open, fields)
  else if (type === 'drop') await insertDrop(trx, open, fields)
}

async function insertRun(trx: Writing, open: OpenConversation, fields: object): Promise<void> {
  const run = StoredRun.safeParse(fields)
  if (!run.success) return
  const { id, messageId, userMessageId, status, agent, provider, model, ...rest } = run.data
  if (!open.fresh.has(messageId) || !open.fresh.has(userMessageId)) return
  const known = await trx.selectFrom('runs').select('id').where('id', '=', id).executeTakeFirst()
  if (known !== undefined) return
  await trx
    .insertInto('runs')
    .values({
      id,
      owner: OWNER,
      conversation_id: open.id,
      message_id: messageId,
      user_message_id: userMessageId,
      status,
      agent,
      provider,
      model,
      last_seq: rest.lastSeq,
      idempotency_key: null,
      request_hash: null,
      created_at: rest.createdAt,
      ended_at: rest.endedAt,
      trimmed_at: timeAt(fields, 'trimmedAt'),
      time_zone: textAt(fields, 'timeZone') || 'UTC',
    })
    .execute()
  open.fresh.add(id)
}

async function insertWait(trx: Writing, open: OpenConversation, fields: object): Promise<void> {
  const wait = StoredWait.safeParse(fields)
  if (!wait.success) return
  const { id, runId, kind, tool, agent, createdAt, expiresAt, decidedAt } = wait.data
  await trx
    .insertInto('waits')
    .values({
      id,
      owner: OWNER,
      run_id: runId,
      conversation_id: open.id,
      kind,
      tool,
      agent,
      request: JSON.stringify(field(fields, 'request') ?? null),
      created_at: createdAt,
      expires_at: expiresAt,
      decision: JSON.stringify(field(fields, 'decision') ?? null),
      decided_at: decidedAt,
      imported: 1,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

const Summary = z.object({
  id: z.string(),
  messageId: z.string(),
  text: z.string(),
  messages: z.int(),
  replacedTokens: z.int(),
  originalTokens: z.int(),
  tokens: z.int(),
  automatic: z.union([z.literal(0), z.literal(1)]),
  provider: z.string(),
  model: z.string(),
  demo: z.union([z.literal(0), z.literal(1)]),
  costNanoUsd: z.nullable(z.int()),
  lostCacheNanoUsd: z.nullable(z.int()),
  cached: z.union([z.literal(0), z.literal(1)]),
  createdAt: z.iso.datetime({ precision: 3 }),
  editedAt: z.nullable(z.iso.datetime({ precision: 3 })),
  undoneAt: z.nullable(z.iso.datetime({ precision: 3 })),
})

async function insertSummary(trx: Writing, open: OpenConversation, fields: object): Promise<void> {
  const summary = Summary.safeParse(fields)
  if (!summary.success || !open.fresh.has(summary.data.messageId)) return
  const { data } = summary
  await trx
    .insertInto('summaries')
    .values({
      id: data.id,
      conversation_id: open.id,
      message_id: data.messageId,
      text: data.text,
      messages: data.messages,
      replaced_tokens: data.replacedTokens,
      original_tokens: data.originalTokens,
      tokens: data.tokens,
      automatic: data.automatic,
      provider: data.provider,
      model: data.model,
      demo: data.demo,
      cost_nano_usd: data.costNanoUsd,
      lost_cache_nano_usd: data.lostCacheNanoUsd,
      cached: data.cached,
      created_at: data.createdAt,
      edited_at: data.editedAt,
      undone_at: data.undoneAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

const Drop = z.object({
  runId: z.string(),
  messageId: z.string(),
  callId: z.string(),
  name: z.string(),
  status: z.enum(['ok', 'failed', 'unknown']),
  durationMs: z.nullable(z.int()),
  at: z.iso.datetime({ precision: 3 }),
  tokens: z.nullable(z.int()),
  droppedAt: z.iso.datetime({ precision: 3 }),
})

/** What its reads have cost is in the ledger, and counted where it was read. */
async function insertDrop(trx: Writing, open: OpenConversation, fields: object): Promise<void> {
  const drop = Drop.safeParse(fields)
  if (!drop.success || !open.fresh.has(drop.data.messageId)) return
  const { data } = drop
  await trx
    .insertInto('tool_uses')
    .values({
      conversation_id: open.id,
      run_id: data.runId,
      message_id: data.messageId,
      call_id: data.callId,
      name: data.name,
      status: data.status,
      duration_ms: data.durationMs,
      at: data.at,
      tokens: data.tokens,
      dropped_at: data.droppedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
