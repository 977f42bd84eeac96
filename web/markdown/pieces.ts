// How much text is parsed and laid out as one. Longer paragraphs and lines are cut, so that the
// cost of one more word has a bound.
export const PIECE = 4_096
/** The lines of a paragraph in one piece. */
export const PIECE_LINES = 100

/** The formatted part of a text, in characters, until the reader asks for all of it. */
export const MAX_FORMATTED_CHARS = 100_000

/** Finds where to cut a text longer than a piece: after a sentence, else after a word, else anywhere. */
export function pieceEnd(text: string): number {
  const sentence = text.lastIndexOf('. ', PIECE - 2) + 2
  if (sentence > PIECE / 2) return sentence
  const word = text.lastIndexOf(' ', PIECE - 1) + 1
  if (word > PIECE / 2) return word
  return isHighSurrogate(text.charCodeAt(PIECE - 1)) ? PIECE - 1 : PIECE
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}
