// What a rule asks of the arguments, in words: "up to $20".
import type { RuleCondition } from './rules.ts'
import { visibleText } from './visible-text.ts'

/** Empty if it asks nothing of them. */
export function conditionsLabel(conditions: RuleCondition[]): string {
  return conditions.map(conditionLabel).join(' and ')
}

function conditionLabel(condition: RuleCondition): string {
  const name = visibleText(condition.field)
  if ('atMost' in condition) {
    const { atMost } = condition
    if (isDollars(condition.field)) return `up to $${formatBound(atMost)}`
    return `with ${name} up to ${formatBound(atMost)}`
  }
  const { equals } = condition
  const value = typeof equals === 'string' ? `“${visibleText(equals)}”` : String(equals)
  return `with ${name} ${value}`
}

/** Amounts of tools are in dollars unless their name says another unit. */
export function isDollars(field: string): boolean {
  return /^amount$|usd$|dollars$/i.test(field)
}

function formatBound(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 20 })
}
