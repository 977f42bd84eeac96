// Text that is shown as it was written, in groups of lines. Only where each group begins is kept: as
// a million strings, a million lines would hold up the page before one of them is drawn.
import { PIECE, pieceEnd } from './pieces.ts'

const MAX_GROUP_LINES = 50
const MAX_GROUP_LENGTH = 2 * PIECE
/** The characters of a line on the screen, to estimate the height of a group. */
const CHARACTERS_PER_LINE = 80

const NEWLINE = 10

interface Group {
  start: number
  lines: number
}

export class PlainText {
  #text = ''
  #lineStart = 0
  #last: Group = { start: 0, lines: 0 }
  readonly #groups = [this.#last]

  constructor(text = '') {
    this.append(text)
  }

  get text(): string {
    return this.#text
  }

  get groupCount(): number {
    const isEmpty = this.#last.start === this.#text.length
    return Math.max(1, this.#groups.length - (isEmpty ? 1 : 0))
  }

  /** How many lines the text takes on the screen, about. */
  get lineCount(): number {
    return Math.max(
      MAX_GROUP_LINES * (this.#groups.length - 1),
      this.#text.length / CHARACTERS_PER_LINE,
    )
  }

  /** Any split of a text gives the same groups. */
  append(text: string): void {
    const before = this.#text.length
    this.#text += text
    for (let at = 0; at < text.length; at += 1) {
      const end = before + at
      if (text.charCodeAt(at) === NEWLINE) this.#endLine(end + 1)
      else if (end - this.#lineStart >= PIECE) this.#endLine(this.#lineStart + this.#pieceEnd())
    }
  }

  /** Each line carries its own ending. */
  linesOf(group: number): string[] {
    const text = this.#text.slice(this.#groups[group]?.start, this.#groups[group + 1]?.start)
    const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? []
    return lines.flatMap((line) => inPieces(line))
  }

  /** How many lines a group takes on the screen, about. */
  heightOf(group: number): number {
    const { start, lines } = this.#groups[group] ?? this.#last
    const end = this.#groups[group + 1]?.start ?? this.#text.length
    return Math.max(lines, (end - start) / CHARACTERS_PER_LINE)
  }

  #pieceEnd(): number {
    return pieceEnd(this.#text.slice(this.#lineStart, this.#lineStart + PIECE + 1))
  }

  #endLine(end: number): void {
    this.#lineStart = end
    this.#last.lines += 1
    const isFull = end - this.#last.start >= MAX_GROUP_LENGTH
    if (this.#last.lines < MAX_GROUP_LINES && !isFull) return
    this.#last = { start: end, lines: 0 }
    this.#groups.push(this.#last)
  }
}

function inPieces(line: string): string[] {
  const ending = line.endsWith('\n') ? 1 : 0
  const pieces: string[] = []
  let rest = line
  while (rest.length - ending > PIECE) {
    const end = pieceEnd(rest)
    pieces.push(rest.slice(0, end))
    rest = rest.slice(end)
  }
  return [...pieces, rest]
}
