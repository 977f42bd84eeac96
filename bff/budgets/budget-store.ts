// The SQL for budgets and for what was spent of them, from the ledger's stored sums.
import { sql } from 'kysely'
import * as z from 'zod/mini'
import { ConversationSettings } from '#shared/api.ts'
import type { BudgetLimit, BudgetScope, GeneralScope } from '#shared/budgets.ts'
import type { Database } from '../db/open.ts'

const OWNER = 'local'

export const NO_LIMIT: BudgetLimit = { limitNanoUsd: null, limitTokens: null }

export type Limits = Record<GeneralScope, BudgetLimit>

export async function readLimits(db: Database): Promise<Limits> {
  const rows = await db.kysely
    .selectFrom('budgets')
    .select(['scope', 'limit_nano_usd', 'limit_tokens'])
    .where('owner', '=', OWNER)
    .execute()
  const limits: Limits = { run: NO_LIMIT, conversation: NO_LIMIT, day: NO_LIMIT, month: NO_LIMIT }
  for (const { scope, limit_nano_usd: limitNanoUsd, limit_tokens: limitTokens } of rows) {
    limits[scope] = { limitNanoUsd, limitTokens }
  }
  return limits
}

export async function writeLimits(db: Database, changes: Partial<Limits>): Promise<void> {
  const rows = Object.entries(changes)
  await db.transaction(async (trx) => {
    for (const [scope, limit] of rows) {
      await sql`
        insert into budgets (owner, scope, limit_nano_usd, limit_tokens)
        values (${OWNER}, ${scope}, ${limit.limitNanoUsd}, ${limit.limitTokens})
        on conflict do update set
          limit_nano_usd = excluded.limit_nano_usd, limit_tokens = excluded.limit_tokens`.execute(
        trx,
      )
    }
  })
}

interface OwnLimits {
  /** In the conversation's settings. */
  conversation: BudgetLimit
  folderId: string | null
  folder: BudgetLimit
}

export const NO_OWN_LIMITS: OwnLimits = { conversation: NO_LIMIT, folderId: null, folder: NO_LIMIT }

/** Returns the limits of one conversation and of the folder that it is in. */
export async function ownLimits(db: Database, id: string): Promise<OwnLimits> {
  const row = await db.kysely
    .selectFrom('conversations')
    .leftJoin('folders', (join) =>
      join.onRef('folders.id', '=', 'conversations.folder_id').on('folders.deleted_at', 'is', null),
    )
    .select(['conversations.settings', 'folders.id as folder_id'])
    .select(['folders.limit_nano_usd', 'folders.limit_tokens'])
    .where('conversations.id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return NO_OWN_LIMITS
  const { budgetNanoUsd, budgetTokens } = ConversationSettings.parse(JSON.parse(row.settings))
  return {
    conversation: { limitNanoUsd: budgetNanoUsd ?? null, limitTokens: budgetTokens ?? null },
    folderId: row.folder_id,
    folder: { limitNanoUsd: row.limit_nano_usd, limitTokens: row.limit_tokens },
  }
}

const SpentRow = z.object({ nanoUsd: z.number(), tokens: z.number() })
export type Spent = z.infer<typeof SpentRow>

/** `key` is the id of a run, a conversation or a folder, a day (2026-11-20) or a month (2026-11). Excludes the demo. */
export async function readSpent(db: Database, scope: BudgetScope, key: string): Promise<Spent> {
  const { rows } = await sql`
    select coalesce(sum(cost_nano_usd), 0) as nanoUsd,
      coalesce(sum(coalesce(input_tokens, 0) + coalesce(output_tokens, 0)), 0) as tokens
    from ${rowsOf(scope, key)} and demo = 0`.execute(db.kysely)
  return SpentRow.parse(rows[0])
}

function rowsOf(scope: BudgetScope, key: string) {
  switch (scope) {
    case 'run':
      return sql`model_calls where run_id = ${key}`
    case 'conversation':
      return sql`conversation_totals where conversation_id = ${key}`
    case 'folder':
      // Also of deleted and purged conversations: their money stays spent.
      return sql`conversation_totals where folder_id = ${key}`
    case 'day':
      return sql`daily_totals where owner = ${OWNER} and day = ${key}`
    case 'month':
      return sql`daily_totals where owner = ${OWNER} and day between ${`${key}-01`} and ${`${key}-31`}`
  }
}
