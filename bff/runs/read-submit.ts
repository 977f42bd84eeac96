// Checks of a submit that its schema cannot express.
import type { StartRun } from '#shared/api.ts'
import { language, t } from '#shared/translate.ts'
import { Problem } from '../http/problem.ts'

/** With files alone the text is empty. */
export function readSubmit(submit: StartRun): StartRun {
  const { text, files, retryOf, parentId, timeZone } = submit
  const isQuestion = text !== undefined || files !== undefined
  if (isQuestion === (retryOf !== undefined)) {
    throw new Problem('bad_request', t`Send either text or retryOf.`)
  }
  if (retryOf !== undefined && parentId !== undefined) {
    throw new Problem('bad_request', t`parentId: another answer stands where the first one does.`)
  }
  checkTimeZone(timeZone)
  return isQuestion ? { ...submit, text: text ?? '' } : submit
}

export function checkTimeZone(name: string | undefined): void {
  if (name !== undefined && !isTimeZone(name)) {
    throw new Problem('bad_request', t`timeZone: must be an IANA name such as Europe/Oslo.`)
  }
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat(language(), { timeZone: name }))
  } catch {
    return false
  }
}
