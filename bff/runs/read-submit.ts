// What the schema of a submit cannot say.
import type { StartRun } from '#shared/api.ts'
import { Problem } from '../problem.ts'

const MOST_KEY_CHARS = 200

export function checkSubmit({ text, retryOf, parentId, timeZone }: StartRun): void {
  if ((text === undefined) === (retryOf === undefined)) {
    throw new Problem('bad_request', 'Send either text or retryOf.')
  }
  if (retryOf !== undefined && parentId !== undefined) {
    throw new Problem('bad_request', 'parentId: another answer stands where the first one does.')
  }
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    throw new Problem('bad_request', 'timeZone: must be an IANA name such as Europe/Oslo.')
  }
}

export function readIdempotencyKey(given: string | undefined): string | null {
  if (given === undefined) return null
  if (given !== '' && given.length <= MOST_KEY_CHARS) return given
  throw new Problem('bad_request', `Idempotency-Key: must have 1 to ${MOST_KEY_CHARS} characters.`)
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
