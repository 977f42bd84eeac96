// The variables of a prompt. What follows a `|`, as other products write it, is ignored.

export interface PromptVariable {
  name: string
  /** Null: what is left blank stays in the text as it is. */
  defaultValue: string | null
}

const VARIABLE =
  /\{\{[ \t]*([\p{L}\p{N}_](?:[\p{L}\p{N}_ .-]{0,58}[\p{L}\p{N}_])?)[ \t]*(?:=([^{}]*)|\|[^{}]*)?\}\}/gu

/** Each once, in the order of the text; the first default counts. */
export function variablesOf(text: string): PromptVariable[] {
  const found = new Map<string, string | null>()
  for (const [, name = '', given] of text.matchAll(VARIABLE)) {
    found.set(name, found.get(name) ?? given?.trim() ?? null)
  }
  return [...found].map(([name, defaultValue]) => ({ name, defaultValue }))
}

/** A blank value takes out a variable that has a default; one that has none stays. */
export function fillVariables(text: string, values: ReadonlyMap<string, string>): string {
  const optional = new Set(
    variablesOf(text).flatMap(({ name, defaultValue }) => (defaultValue === null ? [] : [name])),
  )
  return text.replaceAll(VARIABLE, (variable, name: string) => {
    const value = values.get(name) ?? ''
    return value === '' && !optional.has(name) ? variable : value
  })
}
