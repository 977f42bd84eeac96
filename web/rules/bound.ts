// The bounds of a rule as a form edits them.
import type { RuleCondition } from '#shared/rules.ts'

/** Accepts a dollar sign and a decimal comma. Returns NaN for what is not a number from zero. */
export function parseBound(text: string): number {
  const found = /^\$?(\d{1,12})(?:[.,](\d{1,9}))?$/.exec(text.trim())
  return found === null ? Number.NaN : Number(`${found[1]}.${found[2] ?? 0}`)
}

/** The text of each bound, by its field. */
export type Bounds = Record<string, string>

export function boundsOf(conditions: RuleCondition[]): Bounds {
  return Object.fromEntries(
    conditions.flatMap((one) => ('atMost' in one ? [[one.field, String(one.atMost)]] : [])),
  )
}

/** Null if a bound is not a number. */
export function withBounds(conditions: RuleCondition[], bounds: Bounds): RuleCondition[] | null {
  const changed = conditions.map((one) =>
    'atMost' in one ? { ...one, atMost: parseBound(bounds[one.field] ?? '') } : one,
  )
  return changed.some((one) => 'atMost' in one && Number.isNaN(one.atMost)) ? null : changed
}
