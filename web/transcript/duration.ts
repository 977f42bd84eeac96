import { withDecimalSign } from '#shared/money.ts'
import { t } from '#shared/translate.ts'

/** Formats a waiting time: `340 ms`, `4.2 s`, `1 min 5 s`. */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return t`${Math.max(0, Math.round(ms))} ms`
  if (ms < 60_000) return `${withDecimalSign((ms / 1_000).toFixed(1))} s`
  return t`${Math.floor(ms / 60_000)} min ${Math.floor((ms % 60_000) / 1_000)} s`
}

/** In whole seconds, where the exact time does not matter. */
export function roundDuration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000))
  return seconds < 60 ? `${seconds} s` : t`${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** Whether a duration is long enough to be shown beside a result. */
export function isWorthSaying(ms: number): boolean {
  return ms >= 100
}
