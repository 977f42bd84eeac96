// One entry of a file of prompts. Products name the fields differently; Open WebUI begins a command
// with a slash.
import { MAX_PROMPT_NAME_CHARS, MAX_PROMPT_TEXT_CHARS } from '#shared/limits.ts'
import { language, t } from '#shared/translate.ts'

export interface ImportEntry {
  /** Empty: there is none. */
  name: string
  text: string
  /** Why it cannot be imported. */
  reason: string | null
}

const MAX_SHOWN_CHARS = 200

export function readEntry(entry: unknown): ImportEntry {
  const name = firstText(entry, ['name', 'title', 'command'])
    .slice(0, MAX_SHOWN_CHARS)
    .replace(/^\s*\//, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const text = firstText(entry, ['content', 'text', 'prompt'])
  return { name, text, reason: reasonAgainst(name, text) }
}

function reasonAgainst(name: string, text: string): string | null {
  if (name === '') return t`It has no name.`
  if (text === '') return t`It has no text.`
  if (text.length <= MAX_PROMPT_TEXT_CHARS) return null
  return t`Its text is longer than ${MAX_PROMPT_TEXT_CHARS.toLocaleString(language())} characters.`
}

/** Returns the first of the fields that is a text and not blank, or ''. */
function firstText(entry: unknown, fields: string[]): string {
  if (typeof entry !== 'object' || entry === null) return ''
  const values = new Map<string, unknown>(Object.entries(entry))
  const texts = fields.map((field) => values.get(field))
  return texts.filter((text) => typeof text === 'string').find((text) => text.trim() !== '') ?? ''
}

/** Returns the name itself, or with a number if another text has it. Null if a prompt equals this one. */
export function freeName(
  name: string,
  text: string,
  textOf: ReadonlyMap<string, string>,
): string | null {
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '' : ` ${number}`
    const tried = name.slice(0, MAX_PROMPT_NAME_CHARS - ending.length).trimEnd() + ending
    const taken = textOf.get(tried)
    if (taken === undefined) return tried
    if (taken === text) return null
  }
}
