// Describes what is wrong with a value. `zod/mini` has no messages until a locale is set.
import * as z from 'zod/mini'
import en from 'zod/v4/locales/en.js'

z.config(en())

/** Returns for example `settings.temperature: Too big…`: the field, if any, and what it must be. */
export function firstIssue(error: z.core.$ZodError): string {
  const [issue] = error.issues
  const field = issue?.path.join('.') ?? ''
  const message = issue?.message ?? 'Not valid'
  return field === '' ? message : `${field}: ${message}`
}
