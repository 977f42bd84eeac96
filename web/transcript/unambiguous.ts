import { readField } from './read-field.ts'

/** Structures that are deeper are shown as JSON. */
export const MAX_DEPTH = 4
export const MAX_ITEMS = 50
/** What other values look like: a number, a boolean, nothing. */
const LOOKS_LIKE_ANOTHER = /^\s*(?:-?\d[\d.e+-]*|yes|no|none|null|true|false)?\s*$/i

/** In quotes where it could be taken for another value. */
export function exactText(text: string): string {
  return LOOKS_LIKE_ANOTHER.test(text) ? JSON.stringify(text) : text
}

/**
 * Whether labels and exact values show a JSON value whole, and tell it from every other one. Nobody
 * approves what only looks like what will be done.
 */
export function isUnambiguous(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (depth >= MAX_DEPTH) return false
  const inner: unknown[] = Object.values(value)
  if (inner.length > MAX_ITEMS) return false
  const labels = Object.entries(value).map(([name, each]) => readField(name, each).label)
  if (new Set(labels).size < labels.length) return false
  return inner.every((each) => isUnambiguous(each, depth + 1))
}
