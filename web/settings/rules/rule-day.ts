// The end of a rule as a day of the reader's calendar.

/** Empty if it has no end. */
export function dayOf(expiresAt: string | null): string {
  if (expiresAt === null) return ''
  const at = new Date(expiresAt)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** Null if it is no day from today to a year from now. */
export function endOfDay(day: string, now = new Date()): string | null {
  const at = new Date(`${day}T23:59:59.999`)
  const latest = new Date(now)
  latest.setFullYear(latest.getFullYear() + 1)
  return at > now && at < latest ? at.toISOString() : null
}
