// The conditions that approved calls have in common, as narrow as they allow.
import type { RuleCondition } from '#shared/rules.ts'
import type { RuleTool } from './rule-tool.ts'

type Input = Record<string, unknown>

/** Empty if they have nothing in common, and for a tool that only reads. */
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
