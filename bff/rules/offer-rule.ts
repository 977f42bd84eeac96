// Offers a rule for a call that waits, when enough like it were approved as they were.
import type { RuleOffer, RuleCondition } from '#shared/rules.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../http/problem.ts'
import { decisionsAbout, findOpenApproval } from './decision-store.ts'
import { isTooWide, whyNot } from './match-rule.ts'
import type { FindTool, RuleTool } from './rule-tool.ts'
import { rulesFor } from './rule-store.ts'

const MIN_APPROVALS = 3

export async function offerRule(
  { db, findTool, now }: { db: Database; findTool: FindTool; now: () => Date },
  waitId: string,
): Promise<RuleOffer> {
  const call = await findOpenApproval(db, waitId)
  if (call === null) throw new Problem('already_decided')
  const tool = findTool(call.agent, call.tool)
  if (tool === undefined) return { offer: null }
  const rules = await rulesFor(db, call, now())
  const inputs: Record<string, unknown>[] = []
  for await (const page of decisionsAbout(db, call)) {
    for (const { decision, arguments: args } of page) {
      const input = decision === 'approve' ? tool.read(args) : null
      // What a rule already allows here says nothing about what else may be allowed.
      const isNew = rules.every((rule) => whyNot(rule, { ...call, input }) !== null)
      if (input !== null && isNew) inputs.push(input)
    }
    // The newest are enough.
    if (inputs.length >= MIN_APPROVALS) break
  }
  if (inputs.length < MIN_APPROVALS) return { offer: null }
  const rule = { ...call, conditions: suggestConditions(tool, inputs) }
  const mayHoldEverywhere = !isTooWide(rule, tool)
  return { offer: { rule, approvals: inputs.length, mayHoldEverywhere } }
}

type Input = Record<string, unknown>

/**
 * The conditions that approved calls have in common, as narrow as they allow. Empty if they have nothing in common,
 * and for a tool that only reads.
 */
export function suggestConditions(tool: RuleTool, inputs: Input[]): RuleCondition[] {
  if (tool.isReadOnly) return []
  const bounds = tool.fields.filter(
    (field) => !/id$/i.test(field) && inputs.every((input) => isAmount(input[field])),
  )
  const varies = (field: string) => inputs.some((input) => input[field] !== inputs[0]?.[field])
  const bound = bounds.find(varies) ?? bounds[0]
  if (bound !== undefined) {
    return [{ field: bound, atMost: Math.max(...inputs.map((input) => Number(input[bound]))) }]
  }
  return tool.fields.flatMap((field) => {
    const value = inputs[0]?.[field]
    return !varies(field) && isShort(value) ? [{ field, equals: value }] : []
  })
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0
}

function isShort(value: unknown): value is string | number | boolean {
  if (typeof value === 'string') return value.length <= 200
  return typeof value === 'number' || typeof value === 'boolean'
}
