// Text in, blocks out, at a cost that depends on what is appended and not on what is there.
// A whole line is read once. The unfinished last line is tried and taken back when more of it
// comes, so that any split of the text ends in the same blocks.
import type { Plain, Root } from './blocks.ts'
import { LineParser } from './line-parser.ts'
import { PIECE, pieceEnd } from './pieces.ts'

export class BlockParser {
  readonly #lines = new LineParser()
  readonly #limit: number
  readonly #reason: Plain['reason']
  #unfinished = ''
  #insideLine = false
  #read = 0

  /** Text beyond `limit` characters is kept plain, for this reason. */
  constructor(limit: number, reason: Plain['reason'] = 'length') {
    this.#limit = limit
    this.#reason = reason
  }

  get root(): Root {
    return this.#lines.tree.root
  }

  get tooDeep(): boolean {
    return this.#lines.tree.tooDeep
  }

  append(text: string): void {
    this.#lines.tree.changes.takeBack()
    const rest = this.#format(this.#unfinished + text)
    if (this.#read >= this.#limit) {
      this.#unfinished = ''
      if (rest !== '') this.#lines.takePlain(rest, this.#reason)
      return
    }
    this.#unfinished = rest
    if (rest === '') return
    this.#lines.tree.changes.begin()
    this.#take(rest, false)
  }

  /** No more will come: what was waiting for more is taken as it is. */
  finish(): void {
    this.#lines.tree.changes.takeBack()
    if (this.#unfinished !== '') this.#take(this.#unfinished, false)
    this.#unfinished = ''
    this.#lines.closeAll()
  }

  /** Takes the whole lines, and the pieces of a very long one, up to the limit and returns the rest. */
  #format(text: string): string {
    let start = 0
    let end = text.indexOf('\n')
    while (this.#read < this.#limit) {
      const length = (end === -1 ? text.length : end) - start
      if (length > PIECE) {
        const piece = text.slice(start, start + pieceEnd(text.slice(start, start + PIECE + 1)))
        this.#take(piece, false)
        this.#advance(piece.length, true)
        start += piece.length
      } else if (end === -1) {
        break
      } else {
        this.#take(text.slice(start, end).replace(/\r$/, ''), true)
        this.#advance(length + 1, false)
        start = end + 1
        end = text.indexOf('\n', start)
      }
    }
    return text.slice(start)
  }

  #take(text: string, ended: boolean): void {
    if (this.#insideLine) this.#lines.continueLine(text, ended)
    else this.#lines.line(text, ended)
  }

  #advance(length: number, insideLine: boolean): void {
    this.#read += length
    this.#insideLine = insideLine
  }
}
