/** Groups from `start` up to, but without, `end`. */
export interface GroupRange {
  start: number
  end: number
}

/** The browser lays out each box that it searches, so only so many of a text can be searched. */
export const MAX_SEARCHABLE_GROUPS = 2_000

export const NO_GROUPS: GroupRange = { start: 0, end: 0 }

/** At the end of a thread, the last groups are what is seen first. */
const LAST = 2

/** The first group, those near the view and the last ones, joined where they meet. */
export function mountedRanges(count: number, near: GroupRange): GroupRange[] {
  const ranges = [{ start: 0, end: 1 }]
  for (const { start, end } of [near, { start: count - LAST, end: count }]) {
    const last = ranges.at(-1)
    if (last === undefined || start >= Math.min(end, count)) continue
    if (start <= last.end) last.end = Math.max(last.end, Math.min(end, count))
    else ranges.push({ start, end: Math.min(end, count) })
  }
  return ranges
}
