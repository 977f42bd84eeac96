interface Timed {
  startedAt: string | null
  durationMs: number | null
}

/** Returns the time in which at least one of the calls was running, in milliseconds. */
export function timeUsed(calls: readonly Timed[]): number {
  const spans = calls
    .map(({ startedAt, durationMs }) => ({
      from: Date.parse(startedAt ?? ''),
      ms: durationMs ?? 0,
    }))
    .filter(({ from }) => !Number.isNaN(from))
    .toSorted((a, b) => a.from - b.from)
  let used = 0
  let until = -Infinity
  for (const { from, ms } of spans) {
    used += Math.max(0, from + ms - Math.max(from, until))
    until = Math.max(until, from + ms)
  }
  return used
}
