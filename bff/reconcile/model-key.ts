// Reduces model names to a common key, because bills and the ledger use different ones: removes the
// maker's prefix, the version date, and a router's variant.
const VARIANT = /:(free|extended|thinking|online|nitro|floor|exacto|beta|standard)$/
/** `-2024-08-06`, `-20260910`, `-0125`, `@20260910`, `-latest`. */
const VERSION = /(?:[-@](?:\d{4}-\d\d-\d\d|20\d{6}|[01]\d[0-3]\d)|-latest)$/

export function modelKey(name: string): string {
  const lower = name.trim().toLowerCase()
  const own = lower.slice(lower.lastIndexOf('/') + 1).replace(VARIANT, '')
  const key = own.replace(VERSION, '')
  return key === '' ? lower : key
}
