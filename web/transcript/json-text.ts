import { t } from '#shared/translate.ts'

/** Returns what is wrong with a text that has to be a JSON object. Null: nothing. */
export function jsonObjectProblem(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? null : t`Write a JSON object: { … }.`
  } catch (error) {
    return t`This is not valid JSON: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** Whether a JSON text shows all of itself once it is parsed: no key twice, no number that is rounded. */
export function isLossless(text: string): boolean {
  try {
    const shown = JSON.stringify(JSON.parse(text))
    return withoutSpace(shown) === withoutSpace(text)
  } catch {
    return false
  }
}

const withoutSpace = (text: string) => text.replaceAll(/\s/g, '')
