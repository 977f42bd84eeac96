// Shortens a long result of a tool when the context has no room for all of it.
const HEAD_CHARS = 600
const TAIL_CHARS = 200
/** A shorter result saves too little. */
const MIN_CHARS = 2_000
/** Of the sentence in the middle. */
const NOTE_TOKENS = 24

export const NO_ROOM_FOR_FILES =
  '[Its files are left out here, because the context has no room for them.]'

export function shortened(text: string): string {
  if (text.length < MIN_CHARS) return text
  const missing = text.length - HEAD_CHARS - TAIL_CHARS
  const note = `[${missing.toLocaleString('en-US')} characters are left out here, because the context has no room for them.]`
  return `${text.slice(0, HEAD_CHARS)}\n${note}\n${text.slice(-TAIL_CHARS)}`
}

/** Its tokens, in proportion to those of the whole text. */
export function shortenedTokens(text: string, tokens: number): number {
  if (text.length < MIN_CHARS) return tokens
  const kept = Math.ceil((tokens * (HEAD_CHARS + TAIL_CHARS)) / text.length)
  return Math.min(tokens, kept + NOTE_TOKENS)
}
