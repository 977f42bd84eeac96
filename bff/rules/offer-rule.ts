// Offers a rule for a call that waits, when enough like it were approved as they were.
import type { RuleOffer } from '#shared/rules.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../http/problem.ts'
import { decisionsAbout, findOpenApproval } from './decision-store.ts'
import { isTooWide, whyNot } from './match-rule.ts'
import type { FindTool } from './rule-tool.ts'
import { rulesFor } from './rule-store.ts'
import { suggestConditions } from './suggest-rule.ts'

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
