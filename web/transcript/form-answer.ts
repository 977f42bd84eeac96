import type { QuestionField } from '#shared/waits.ts'
import { t } from '#shared/translate.ts'

/** As they are typed, by the name of the field. */
export type FieldValues = Readonly<Record<string, string | boolean>>

/** Returns what has to be filled in. Null: nothing is missing. */
export function missingFields(
  fields: readonly QuestionField[],
  values: FieldValues,
): string | null {
  for (const { name, label, type, required } of fields) {
    const value = values[name]
    const isEmpty = typeof value !== 'string' || value.trim() === ''
    if (type !== 'boolean' && required && isEmpty) return t`Fill in “${label}”.`
    if (type === 'number' && !isEmpty && !Number.isFinite(Number(value))) {
      return t`Write a number in “${label}”.`
    }
  }
  return null
}

/** Returns the answer as a JSON object. Empty fields are left out. */
export function formAnswer(fields: readonly QuestionField[], values: FieldValues): string {
  const answered = fields.flatMap(({ name, type }): [string, string | number | boolean][] => {
    const value = values[name]
    if (type === 'boolean') return [[name, value === true]]
    if (typeof value !== 'string' || value.trim() === '') return []
    return [[name, type === 'number' ? Number(value) : value]]
  })
  return JSON.stringify(Object.fromEntries(answered))
}
