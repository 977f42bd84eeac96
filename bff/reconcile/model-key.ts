// A provider's bill and the ledger call the same model by different names. Both are found by what is
// left without the maker in front, the date of a version, and the variant of a router.
const VARIANT = /:(free|extended|thinking|online|nitro|floor|exacto|beta|standard)$/
/** `-2024-08-06`, `-20260910`, `-0125`, `@20260910`, `-latest`. */
const VERSION = /(?:[-@](?:\d{4}-\d\d-\d\d|20\d{6}|[01]\d[0-3]\d)|-latest)$/

export function modelKey(name: string): string {
  const lower = name.trim().toLowerCase()
  const own = lower.slice(lower.lastIndexOf('/') + 1).replace(VARIANT, '')
  const key = own.replace(VERSION, '')
  return key === '' ? lower : key
}
