// What is wrong with a value, in words. `zod/mini` has none until it is given a language.
import * as z from 'zod/mini'
import en from 'zod/v4/locales/en.js'

z.config(en())

/** `settings.temperature: Too big…`: the field, when the value has fields, and what it must be. */
export function firstIssue(error: z.core.$ZodError): string {
  const [issue] = error.issues
  const field = issue?.path.join('.') ?? ''
  const message = issue?.message ?? 'Not valid'
  return field === '' ? message : `${field}: ${message}`
}
