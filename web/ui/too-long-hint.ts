import { MAX_TEXT_CHARS } from '#shared/limits.ts'
import { language, t } from '#shared/translate.ts'

/** Why a text cannot be sent. Null if its length is no reason. */
export function tooLongHint({ length }: string): string | null {
  if (length <= MAX_TEXT_CHARS) return null
  return t`${count(length)} characters; ${count(MAX_TEXT_CHARS)} can be sent`
}

const count = (value: number) => value.toLocaleString(language())
