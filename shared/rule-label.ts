// What a rule asks of the arguments, in words: "up to $20".
import { asDollars } from './money.ts'
import type { RuleCondition } from './rules.ts'
import { language, t } from './translate.ts'
import { visibleText } from './visible-text.ts'

/** Empty if it asks nothing of them. */
export function conditionsLabel(conditions: RuleCondition[]): string {
  if (conditions.length === 0) return ''
  return conditions.map(conditionLabel).reduce((all, one) => t`${all} and ${one}`)
}

function conditionLabel(condition: RuleCondition): string {
  const name = visibleText(condition.field)
  if ('atMost' in condition) {
    const { atMost } = condition
    if (isDollars(condition.field)) return t`up to ${asDollars(formatBound(atMost))}`
    return t`with ${name} up to ${formatBound(atMost)}`
  }
  const { equals } = condition
  if (typeof equals !== 'string') return t`with ${name} ${String(equals)}`
  return t`with ${name} “${visibleText(equals)}”`
}

/** Amounts of tools are in dollars unless their name says another unit. */
export function isDollars(field: string): boolean {
  return /^amount$|usd$|dollars$/i.test(field)
}

function formatBound(value: number): string {
  return value.toLocaleString(language(), { maximumFractionDigits: 20 })
}
