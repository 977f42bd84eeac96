// The SQL for budgets and for what was spent of them, from the ledger's stored sums.
import { sql } from 'kysely'
import * as z from 'zod/mini'
import { ConversationSettings } from '#shared/api.ts'
import type { BudgetLimit, BudgetScope } from '#shared/budgets.ts'
import type { Database } from '../db/open.ts'

const OWNER = 'local'

export const NO_LIMIT: BudgetLimit = { limitNanoUsd: null, limitTokens: null }

export type Limits = Record<BudgetScope, BudgetLimit>

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

/** Returns the limit in the conversation's own settings. */
export async function limitOfConversation(db: Database, id: string): Promise<BudgetLimit> {
  const row = await db.kysely
    .selectFrom('conversations')
    .select('settings')
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return NO_LIMIT
  const { budgetNanoUsd, budgetTokens } = ConversationSettings.parse(JSON.parse(row.settings))
  return { limitNanoUsd: budgetNanoUsd ?? null, limitTokens: budgetTokens ?? null }
}

const SpentRow = z.object({ nanoUsd: z.number(), tokens: z.number() })
export type Spent = z.infer<typeof SpentRow>

/** `key` is a run id, a conversation id, a day (2026-11-20) or a month (2026-11). Excludes the demo. */
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
    case 'day':
      return sql`daily_totals where owner = ${OWNER} and day = ${key}`
    case 'month':
      return sql`daily_totals where owner = ${OWNER} and day between ${`${key}-01`} and ${`${key}-31`}`
  }
}
