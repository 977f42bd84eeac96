// Character references and backslash escapes.
import { namedCharacter } from './named-characters.ts'

/** `reference` is what stands between `&` and `;`. Null when it means nothing. */
export function characterOf(reference: string): string | null {
  if (!reference.startsWith('#')) return namedCharacter(reference)
  const hex = /^#x/i.test(reference)
  const code = Number.parseInt(reference.slice(hex ? 2 : 1), hex ? 16 : 10)
  const valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
  return valid ? String.fromCodePoint(code) : '\ufffd'
}

/** The text that an address or a title stands for. */
export function withoutEscapes(text: string): string {
  return text.replace(
    /\\([!-/:-@[-`{-~])|&(#?\w{1,32});/g,
    (found: string, escaped?: string, name?: string) =>
      escaped ?? (name === undefined ? null : characterOf(name)) ?? found,
  )
}
