// The text of one paragraph, heading or cell → what it is made of. Follows CommonMark and GFM,
// with formulas; HTML is text. Of a text that is still `arriving`, half-written marks, links,
// code and formulas are read as if their end had come, so that nothing flickers when it does.
import { mark, pairMarks, type Piece } from './emphasis.ts'
import type { Inline } from './inline.ts'
import { loadedExtras } from './lazy-extras.ts'
import type { Definitions } from './links.ts'

/** Marks at the very end of an arriving text say nothing yet. */
const undecidedEnd = /(?:[*_~`![\\$]+|&#?\w{0,8}|<\/?[a-z]{0,8}(?::\/{0,2})?)$/i

export function parseInline(text: string, arriving: boolean, defined: Definitions): Inline[] {
  const shown = arriving ? text.trimEnd().replace(undecidedEnd, '') : text.trimEnd()
  const extras = loadedExtras()
  const parser =
    extras === null
      ? new InlineParser(shown, arriving)
      : new extras.FullInlineParser(shown, arriving, defined)
  return parser.parse()
}

/** Reads what most texts have: emphasis, code and escapes (full-inline-parser.ts has the rest). */
export class InlineParser {
  protected readonly text: string
  protected readonly arriving: boolean
  protected readonly pieces: Piece[] = []
  protected at = 0

  constructor(text: string, arriving: boolean) {
    this.text = text
    this.arriving = arriving
  }

  parse(): Inline[] {
    while (this.at < this.text.length) this.next()
    return pairMarks(this.pieces, 0, this.arriving)
  }

  protected next(): void {
    if (this.takePlain()) return
    const character = this.text.charAt(this.at)
    switch (character) {
      case '\n':
        return this.#takeBreak()
      case '\\':
        return this.takeEscape()
      case '`':
        return this.#takeCode()
      case '*':
      case '_':
      case '~':
        return this.#takeMark(character)
      default:
        return this.takeExtra(character)
    }
  }

  protected add(piece: Piece, length: number): void {
    this.pieces.push(piece)
    this.at += length
  }

  protected takeText(length: number): void {
    this.add(this.text.slice(this.at, this.at + length), length)
  }

  protected match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    return pattern.exec(this.text)
  }

  protected takePlain(maxLength = Infinity): boolean {
    const [plain] = this.match(/[^\\`*_~[\]!<&$\n]+/y) ?? []
    if (plain === undefined) return false
    this.takeText(Math.min(plain.length, maxLength))
    return true
  }

  /** Takes what begins with a mark that most texts do without. */
  protected takeExtra(_mark: string): void {
    this.takeText(1)
  }

  #takeBreak(): void {
    const last = this.pieces.at(-1)
    const hard = typeof last === 'string' && last.endsWith('  ')
    if (typeof last === 'string') this.pieces[this.pieces.length - 1] = last.trimEnd()
    this.add(hard ? { kind: 'break' } : '\n', (this.match(/\n[ \t]*/y)?.[0] ?? '\n').length)
  }

  protected takeEscape(): void {
    const next = this.text.charAt(this.at + 1)
    if (next === '\n') this.add({ kind: 'break' }, 2)
    else if (/[!-/:-@[-`{-~]/.test(next)) this.add(next, 2)
    else this.takeText(1)
  }

  #takeCode(): void {
    const text = this.text
    const [fence = '`'] = this.match(/`+/y) ?? []
    const start = this.at + fence.length
    let end = text.indexOf(fence, start)
    while (end !== -1 && text.charAt(end + fence.length) === '`') {
      const [run = ''] = /`+/.exec(text.slice(end)) ?? []
      end = text.indexOf(fence, end + run.length)
    }
    if (end !== -1) this.#addCode(text.slice(start, end), end + fence.length)
    else if (this.arriving && !text.includes('\n', start))
      this.#addCode(text.slice(start), text.length)
    else this.takeText(fence.length)
  }

  #addCode(source: string, end: number): void {
    const line = source.replaceAll('\n', ' ')
    const padded = /^ .*[^ ].* $/.test(line)
    this.pieces.push({ kind: 'code', text: padded ? line.slice(1, -1) : line })
    this.at = end
  }

  #takeMark(character: string): void {
    const { text } = this
    let end = this.at
    while (text.charAt(end) === character) end += 1
    if (character === '~' && end - this.at > 2) this.takeText(end - this.at)
    else this.add(mark(text, this.at, end), end - this.at)
  }
}
