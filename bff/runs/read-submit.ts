// Checks of a submit that its schema cannot express.
import type { StartRun } from '#shared/api.ts'
import { Problem } from '../http/problem.ts'

export function checkSubmit({ text, retryOf, parentId, timeZone }: StartRun): void {
  if ((text === undefined) === (retryOf === undefined)) {
    throw new Problem('bad_request', 'Send either text or retryOf.')
  }
  if (retryOf !== undefined && parentId !== undefined) {
    throw new Problem('bad_request', 'parentId: another answer stands where the first one does.')
  }
  checkTimeZone(timeZone)
}

export function checkTimeZone(name: string | undefined): void {
  if (name !== undefined && !isTimeZone(name)) {
    throw new Problem('bad_request', 'timeZone: must be an IANA name such as Europe/Oslo.')
  }
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
