// The SQL for rules. A rule is checked and its use counted in one statement.
import { sql, type Selectable } from 'kysely'
import * as z from 'zod/mini'
import { type Rule, RuleCondition } from '#shared/rules.ts'
import { OWNER } from '../conversations/conversation-store.ts'
import type { Database, Writing } from '../db/open.ts'
import type { RulesTable } from '../db/schema-waits.ts'

const Conditions = z.array(RuleCondition)

export type NewRule = Pick<
  Rule,
  'id' | 'agent' | 'tool' | 'conversationId' | 'conditions' | 'createdAt' | 'expiresAt'
>

export async function insertRule(trx: Writing, rule: NewRule): Promise<void> {
  await trx
    .insertInto('rules')
    .values({
      id: rule.id,
      owner: OWNER,
      agent: rule.agent,
      tool: rule.tool,
      conversation_id: rule.conversationId,
      conditions: JSON.stringify(rule.conditions),
      created_at: rule.createdAt,
      expires_at: rule.expiresAt,
    })
    .execute()
}

export interface AskingCall {
  conversationId: string
  agent: string
  tool: string
}

/** The rules in force for a call, oldest first. */
export async function rulesFor(
  db: Database,
  { conversationId, agent, tool }: AskingCall,
  now: Date,
): Promise<Rule[]> {
  const rows = await rulesOf(db)
    .where('rules.tool', '=', tool)
    .where('rules.agent', '=', agent)
    .where((eb) =>
      eb.or([
        eb('rules.conversation_id', 'is', null),
        eb('rules.conversation_id', '=', conversationId),
      ]),
    )
    .where((eb) =>
      eb.or([eb('rules.expires_at', 'is', null), eb('rules.expires_at', '>', now.toISOString())]),
    )
    .orderBy('rules.created_at')
    .execute()
  return rows.map(toRule)
}

/** Newest first, with those that have expired. */
export async function listRules(db: Database): Promise<Rule[]> {
  const rows = await rulesOf(db)
    .where('conversations.deleted_at', 'is', null)
    .orderBy('rules.created_at', 'desc')
    .orderBy('rules.id')
    .limit(500)
    .execute()
  return rows.map(toRule)
}

export async function findRule(db: Database, id: string): Promise<Rule | null> {
  const row = await rulesOf(db).where('rules.id', '=', id).executeTakeFirst()
  return row === undefined ? null : toRule(row)
}

export async function changeRule(
  db: Database,
  id: string,
  { conditions, expiresAt }: Partial<Pick<Rule, 'conditions' | 'expiresAt'>>,
): Promise<void> {
  await db.transaction(async (trx) => {
    await trx
      .updateTable('rules')
      // An update without a change is not valid SQL.
      .set({
        id,
        ...(conditions && { conditions: JSON.stringify(conditions) }),
        ...(expiresAt !== undefined && { expires_at: expiresAt }),
      })
      .where('id', '=', id)
      .where('owner', '=', OWNER)
      .execute()
  })
}

/** Null brings it back. Returns false if there is no such rule. */
export async function setRevoked(db: Database, id: string, at: string | null): Promise<boolean> {
  return db.transaction(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('rules')
      .set({ revoked_at: at })
      .where('id', '=', id)
      .where('owner', '=', OWNER)
      .executeTakeFirst()
    return numUpdatedRows === 1n
  })
}

/**
 * Uses a rule as it was read, and counts that. Returns false if it was revoked or changed since, or has
 * expired: then it allows nothing.
 */
export async function useRule(db: Database, rule: Rule, now: Date): Promise<boolean> {
  const at = now.toISOString()
  return db.transaction(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('rules')
      .set({ uses: sql`uses + 1`, last_used_at: at })
      .where('id', '=', rule.id)
      .where('owner', '=', OWNER)
      .where('revoked_at', 'is', null)
      .where('conditions', '=', JSON.stringify(rule.conditions))
      .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', at)]))
      .executeTakeFirst()
    return numUpdatedRows === 1n
  })
}

function rulesOf(db: Database) {
  return db.kysely
    .selectFrom('rules')
    .leftJoin('conversations', 'conversations.id', 'rules.conversation_id')
    .selectAll('rules')
    .select('conversations.title')
    .where('rules.owner', '=', OWNER)
    .where('rules.revoked_at', 'is', null)
}

function toRule(row: Selectable<RulesTable> & { title: string | null }): Rule {
  return {
    id: row.id,
    agent: row.agent,
    tool: row.tool,
    conversationId: row.conversation_id,
    conversationTitle: row.title,
    conditions: Conditions.parse(JSON.parse(row.conditions)),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    uses: row.uses,
    lastUsedAt: row.last_used_at,
  }
}
