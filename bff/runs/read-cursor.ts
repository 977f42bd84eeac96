// The place in a run's log that a reader comes back with.
import { Problem } from '../http/problem.ts'
import { t } from '#shared/translate.ts'

/** Nothing given is the beginning; anything but a seq of the run is refused. */
export function readCursor(given: string | undefined, lastSeq: number): number {
  if (given === undefined) return 0
  const seq = /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN
  if (seq <= lastSeq) return seq
  throw new Problem('invalid_cursor', t`It must be a whole number from 0 to ${lastSeq}.`)
}
