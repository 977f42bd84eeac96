// A rule over past decisions: what it would have allowed, and what not.
import type { PastDecision, RuleDraft, RulePreview } from '#shared/rules.ts'
import { visibleText } from '#shared/visible-text.ts'
import type { Database } from '../db/open.ts'
import { type Decided, decisionsAbout } from './decision-store.ts'
import { whyNot } from './match-rule.ts'
import type { RuleTool } from './rule-tool.ts'

/** Of each list. */
const MAX_LISTED = 100

export async function previewRule(
  db: Database,
  rule: RuleDraft,
  tool: RuleTool,
): Promise<RulePreview> {
  const allowed: PastDecision[] = []
  const notAllowed: PastDecision[] = []
  const counts = { allowedCount: 0, notAllowedCount: 0, deniedCount: 0, changedCount: 0 }
  const add = (list: PastDecision[], decided: Decided, reason: string | null) => {
    if (list.length >= MAX_LISTED) return
    const shown = { ...decided, arguments: visibleText(decided.arguments) }
    list.push({ ...shown, ...(reason !== null && { reason: visibleText(reason) }) })
  }
  for await (const page of decisionsAbout(db, rule)) {
    for (const decided of page) {
      const { conversationId, decision } = decided
      const reason = whyNot(rule, { conversationId, input: tool.read(decided.arguments) })
      add(reason === null ? allowed : notAllowed, decided, reason)
      if (reason !== null) counts.notAllowedCount += 1
      else {
        counts.allowedCount += 1
        if (decision === 'deny') counts.deniedCount += 1
        else if (decision !== 'approve') counts.changedCount += 1
      }
    }
  }
  return { allowed, notAllowed, ...counts }
}
