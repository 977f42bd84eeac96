// The SQL for conversations. Deleting only hides one, so that it can be undone; it is purged later.
// Neither touches the ledger.
import { type Kysely, type Selectable, sql } from 'kysely'
import { ConversationSettings, type ConversationSummary } from '#shared/api.ts'
import { NO_CALLS, withoutDemoFigure } from '#shared/add-totals.ts'
import type { Totals } from '#shared/totals.ts'
import { billedOrDemo } from '../db/billed-or-demo.ts'
import type { Database } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import type { ConversationTotalsTable } from '../db/schema-totals.ts'
import type { Schema } from '../db/schema.ts'
import { type Idempotency, idFromEarlierSubmit } from '../http/idempotency.ts'
import { t } from '#shared/translate.ts'

/** The only owner until there are users. */
export const OWNER = 'local'

/** The folder of a conversation, as far as it matters to what is sent. */
interface FolderOf {
  name: string
  instructions: string | null
}

export interface ConversationRow extends Pick<
  ConversationSummary,
  'pinned' | 'archived' | 'folderId' | 'unread' | 'temporary'
> {
  id: string
  title: string
  createdAt: string
  updatedAt: string
  agent: string
  provider: string | null
  model: string | null
  /** Its own; `sentSettings` adds what its folder says. */
  settings: ConversationSettings
  folder: FolderOf | null
  /** The instructions under Settings. */
  defaultInstructions: string | null
  selectedMessageId: string | null
  totals: Totals
  activeRunId: string | null
}

export interface NewConversation {
  id: string
  /** Null if named by its first message. */
  title: string | null
  agent: string
  provider: string | null
  model: string | null
  settings: ConversationSettings
  folderId?: string | null
  temporary?: boolean | undefined
  at: string
}

/** Returns false if an earlier request with the same key has created one. */
export async function insertConversation(
  db: Database,
  made: NewConversation,
  idempotency: Idempotency | null = null,
): Promise<boolean> {
  return db.transaction(async (trx) => {
    if (
      idempotency !== null &&
      (await findByIdempotencyKey(trx, 'conversations', idempotency.key)) !== null
    )
      return false
    await trx
      .insertInto('conversations')
      .values({
        id: made.id,
        owner: OWNER,
        title: made.title ?? (made.temporary ? t`Temporary chat` : t`New chat`),
        title_source: made.title === null ? 'none' : 'person',
        agent: made.agent,
        provider: made.provider,
        model: made.model,
        settings: JSON.stringify(made.settings),
        selected_message_id: null,
        created_at: made.at,
        updated_at: made.at,
        deleted_at: null,
        idempotency_key: idempotency?.key ?? null,
        request_hash: idempotency?.hash ?? null,
        folder_id: made.folderId ?? null,
        read_at: made.at,
        temporary: made.temporary ? 1 : 0,
      })
      .execute()
    return true
  })
}

/** Returns the id that an earlier submit with this key has created, or null. */
export async function idOfKey(
  db: Kysely<Schema>,
  table: 'conversations' | 'runs',
  idempotency: Idempotency | null,
): Promise<string | null> {
  if (idempotency === null) return null
  return idFromEarlierSubmit(idempotency, await findByIdempotencyKey(db, table, idempotency.key))
}

/** Returns what this key created and the request it came with, even if the conversation is deleted. */
export async function findByIdempotencyKey(
  db: Kysely<Schema>,
  table: 'conversations' | 'runs',
  key: string,
): Promise<{ id: string; hash: string | null } | null> {
  const row = await db
    .selectFrom(table)
    .select(['id', 'request_hash'])
    .where('owner', '=', OWNER)
    .where('idempotency_key', '=', key)
    .where('idempotency_key', 'is not', null)
    .executeTakeFirst()
  return row === undefined ? null : { id: row.id, hash: row.request_hash }
}

const conversationById = prepared(['id'], (db, placeholder) =>
  withSums(db)
    .leftJoin('app_settings', 'app_settings.owner', 'conversations.owner')
    .select([
      'conversations.agent',
      'conversations.provider',
      'conversations.model',
      'conversations.settings',
      'conversations.created_at',
      'conversations.selected_message_id',
      'folders.name as folder_name',
      'folders.instructions as folder_instructions',
      'app_settings.instructions as default_instructions',
    ])

    .where('conversations.id', '=', placeholder('id'))
    .compile(),
)

export async function findConversation(db: Database, id: string): Promise<ConversationRow | null> {
  const [row] = await conversationById(db.kysely, { id })
  if (row === undefined) return null
  return {
    ...toSummary(row),
    createdAt: row.created_at,
    agent: row.agent,
    provider: row.provider,
    model: row.model,
    settings: ConversationSettings.parse(JSON.parse(row.settings)),
    folder:
      row.folder_name === null
        ? null
        : { name: row.folder_name, instructions: row.folder_instructions },
    defaultInstructions: row.default_instructions,
    selectedMessageId: row.selected_message_id,
  }
}

/** What is sent to the model: its own instructions, else those of its folder, else the general ones. */
export function sentSettings({
  settings,
  folder,
  defaultInstructions,
}: Pick<ConversationRow, 'settings' | 'folder' | 'defaultInstructions'>): ConversationSettings {
  const instructions = settings.instructions ?? folder?.instructions ?? defaultInstructions
  return instructions ? { ...settings, instructions } : settings
}

export function withSums(db: Kysely<Schema>) {
  return db
    .selectFrom('conversations')
    .leftJoin('conversation_totals as sums', (join) =>
      join
        .onRef('sums.conversation_id', '=', 'conversations.id')
        .on(billedOrDemo(sql`conversation_totals where conversation_id = conversations.id`)),
    )
    .leftJoin('runs', (join) =>
      join
        .onRef('runs.conversation_id', '=', 'conversations.id')
        .on('runs.status', '=', sql.lit('running')),
    )
    .leftJoin('folders', (join) =>
      join.onRef('folders.id', '=', 'conversations.folder_id').on('folders.deleted_at', 'is', null),
    )
    .select(sql<0 | 1 | null>`conversations.read_at < conversations.updated_at`.as('is_newer'))
    .select([
      'conversations.pinned_at',
      'conversations.archived_at',
      'conversations.temporary',
      'folders.id as folder_id',
      'conversations.id',
      'conversations.title',
      'conversations.updated_at',
      'runs.id as active_run_id',
      'sums.demo',
      'sums.calls',
      'sums.input_tokens',
      'sums.cached_input_tokens',
      'sums.cache_write_tokens',
      'sums.output_tokens',
      'sums.reasoning_tokens',
      'sums.cost_nano_usd',
      'sums.certainty',
      'sums.unpriced_calls',
    ])
    .where('conversations.owner', '=', OWNER)
    .where('conversations.deleted_at', 'is', null)
}

type Nullable<T> = { [Key in keyof T]: T[Key] | null }

interface SummaryRow extends Nullable<
  Omit<Selectable<ConversationTotalsTable>, 'conversation_id' | 'owner'>
> {
  id: string
  title: string
  updated_at: string
  active_run_id: string | null
  pinned_at: string | null
  archived_at: string | null
  folder_id: string | null
  temporary: 0 | 1
  is_newer: 0 | 1 | null
}

export function toSummary(row: SummaryRow): ConversationSummary {
  return {
    id: row.id,
    title: row.title,
    updatedAt: row.updated_at,
    totals: toTotals(row),
    activeRunId: row.active_run_id,
    pinned: row.pinned_at !== null,
    archived: row.archived_at !== null,
    folderId: row.folder_id,
    unread: row.is_newer === 1 && row.active_run_id === null,
    ...(row.temporary === 1 && { temporary: true }),
  }
}

/** A conversation without a model call has no row in the totals. */
function toTotals(row: SummaryRow): Totals {
  return withoutDemoFigure({
    calls: row.calls ?? 0,
    inputTokens: row.input_tokens ?? 0,
    cachedInputTokens: row.cached_input_tokens ?? 0,
    cacheWriteTokens: row.cache_write_tokens ?? 0,
    outputTokens: row.output_tokens ?? 0,
    reasoningTokens: row.reasoning_tokens ?? 0,
    costNanoUsd: row.calls === null ? NO_CALLS.costNanoUsd : row.cost_nano_usd,
    certainty: row.certainty ?? NO_CALLS.certainty,
    unpricedCalls: row.unpriced_calls ?? 0,
    ...(row.demo === 1 && { demo: true }),
  })
}
