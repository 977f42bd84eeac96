// Whether a rule allows a call. In doubt it does not, and the person is asked.
import type { RuleCondition, RuleDraft } from '#shared/rules.ts'
import type { RuleTool } from './rule-tool.ts'
import { t } from '#shared/translate.ts'

type Input = Record<string, unknown>

/** Why the rule does not allow the call, for a reader. Null: it allows it. */
export function whyNot(
  { conversationId, conditions }: Pick<RuleDraft, 'conversationId' | 'conditions'>,
  call: { conversationId: string; input: Input | null },
): string | null {
  const { input } = call
  if (conversationId !== null && conversationId !== call.conversationId) {
    return t`In another conversation.`
  }
  if (input === null) return t`Its arguments do not fit the tool.`
  for (const condition of conditions) {
    const reason = mismatch(condition, input)
    if (reason !== null) return reason
  }
  return null
}

/** A tool that changes things is never allowed with any arguments. */
export function isTooWide(
  { conditions }: Pick<RuleDraft, 'conditions'>,
  { isReadOnly }: Pick<RuleTool, 'isReadOnly'>,
): boolean {
  return !isReadOnly && conditions.length === 0
}

function mismatch(condition: RuleCondition, input: Input): string | null {
  const { field } = condition
  const value = Object.hasOwn(input, field) ? input[field] : undefined
  if ('equals' in condition) return value === condition.equals ? null : t`${field} differs.`
  if (typeof value !== 'number') return t`${field} is not a number.`
  if (value >= 0 && value <= condition.atMost) return null
  return value < 0 ? t`${field} is below zero.` : t`${field} is more than ${condition.atMost}.`
}
