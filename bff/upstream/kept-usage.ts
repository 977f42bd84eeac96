// Keeps the usage that a provider reports verbatim, if it is small enough for a ledger row and a reader.
import { isRecord, recordAt } from './record.ts'

export const MAX_CHARS = 20_000
const MAX_CHARS_EACH = 2_000
const DEEPEST = 20

/** A later report of nothing but zeros takes nothing away. llama.cpp reports in `timings`, too. */
export function laterUsage(before: unknown, answer: Record<string, unknown>): unknown {
  const usage = keptAt(answer, 'usage')
  const timings = keptAt(answer, 'timings')
  if (usage === null && timings === null) return before
  const reports = Object.values(usage ?? {}).some((count) => typeof count === 'number' && count > 0)
  const latest = reports ? usage : (before ?? usage)
  if (timings === null) return latest
  return isRecord(latest) ? { ...latest, timings } : { timings }
}

function keptAt(answer: Record<string, unknown>, name: string): Record<string, unknown> | null {
  const report = recordAt(answer, name)
  return report === null ? null : keptUsage(report)
}

/** Keeps the small fields of a report that is too large. */
export function keptUsage(report: Record<string, unknown>): Record<string, unknown> {
  if (sizeOf(report) <= MAX_CHARS) return report
  let left = MAX_CHARS
  const fields = Object.entries(report).filter(([name, value]) => {
    const size = name.length + sizeOf(value)
    if (size > Math.min(left, MAX_CHARS_EACH)) return false
    left -= size
    return true
  })
  return Object.fromEntries(fields)
}

function sizeOf(value: unknown): number {
  return isShallow(value, DEEPEST) ? JSON.stringify(value).length : Infinity
}

/** Deeply nested JSON can be read, and neither written nor stored. */
function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1))
}
