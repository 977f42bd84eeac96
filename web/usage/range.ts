/** Days are UTC days, as the ledger counts them. */
export const RANGES = [
  { label: '7 days', days: 7 },
  { label: '30 days', days: 30 },
  { label: 'All', days: null },
] as const
export type Range = (typeof RANGES)[number]

/** The first moment of a range that ends today; null when it has no beginning. */
export function rangeStart({ days }: Range, now: Date): string | null {
  if (days === null) return null
  const day = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - days + 1)
  return new Date(day).toISOString()
}
