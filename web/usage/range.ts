/** Days are UTC days, as the ledger counts them. */
export const RANGES = [
  { label: '7 days', days: 7 },
  { label: '30 days', days: 30 },
  { label: 'All', days: null },
] as const
const DAY_MS = 86_400_000
export type Range = (typeof RANGES)[number]

/** As long a time right before: the first day of it, and this time of day at its end. */
export function rangeBefore({ days }: Range, now: Date): { from: string; to: string } | null {
  const from = rangeStart({ days }, now)
  if (days === null || from === null) return null
  const earlier = (time: number): string => new Date(time - days * DAY_MS).toISOString()
  return { from: earlier(Date.parse(from)), to: earlier(now.getTime()) }
}

/** The first moment of a range that ends today; null when it has no beginning. */
export function rangeStart({ days }: Pick<Range, 'days'>, now: Date): string | null {
  if (days === null) return null
  const day = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - days + 1)
  return new Date(day).toISOString()
}
