// What is asked of a rule before it is stored or tested.
import type { RuleDraft } from '#shared/rules.ts'
import { findConversation } from '../conversations/conversation-store.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../http/problem.ts'
import { isTooWide } from './match-rule.ts'
import type { FindTool, RuleTool } from './rule-tool.ts'
import { t } from '#shared/translate.ts'

const DAY_MS = 24 * 3_600_000
const DEFAULT_DAYS = 7
const MAX_DAYS = 366

/** Throws what is wrong with it. Returns its tool. */
export async function checkRule(
  { db, findTool }: { db: Database; findTool: FindTool },
  rule: RuleDraft,
): Promise<RuleTool> {
  const tool = findTool(rule.agent, rule.tool)
  if (tool === undefined) {
    throw new Problem('bad_request', t`The agent "${rule.agent}" has no tool "${rule.tool}".`)
  }
  const { conversationId, conditions } = rule
  const unknown = conditions.find(({ field }) => !tool.fields.includes(field))
  if (unknown !== undefined) {
    throw new Problem('bad_request', t`"${rule.tool}" has no argument "${unknown.field}".`)
  }
  if (isTooWide(rule, tool)) {
    throw new Problem('bad_request', t`"${rule.tool}" changes things. Add a condition.`)
  }
  if (conversationId !== null && (await findConversation(db, conversationId)) === null) {
    throw new Problem('conversation_not_found')
  }
  return tool
}

/** Undefined: the default. */
export function checkExpiry(expiresAt: string | undefined, now: Date): string {
  const inDays = (days: number) => now.getTime() + days * DAY_MS
  const at = expiresAt === undefined ? inDays(DEFAULT_DAYS) : Date.parse(expiresAt)
  if (at <= now.getTime() || at > inDays(MAX_DAYS)) {
    throw new Problem('bad_request', t`expiresAt: choose a time within the next year.`)
  }
  return new Date(at).toISOString()
}
