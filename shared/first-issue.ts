// Describes what is wrong with a value. `zod/mini` has no messages until a locale is set.
import * as z from 'zod/mini'
import de from 'zod/v4/locales/de.js'
import en from 'zod/v4/locales/en.js'
import { language, t } from './translate.ts'

const MESSAGES = { en: en().localeError, de: de().localeError }

z.config({ localeError: (issue) => MESSAGES[language()](issue) })

/** Returns for example `settings.temperature: Too big…`: the field, if any, and what it must be. */
export function firstIssue(error: z.core.$ZodError): string {
  const [issue] = error.issues
  const field = issue?.path.join('.') ?? ''
  const message = issue?.message ?? t`Not valid`
  return field === '' ? message : `${field}: ${message}`
}
