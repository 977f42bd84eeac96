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
    const unread = this.#unfinished + text
    let start = 0
    for (let end = unread.indexOf('\n'); end !== -1; end = unread.indexOf('\n', start)) {
      this.#takeLine(unread.slice(start, end))
      start = end + 1
    }
    this.#unfinished = this.#takePieces(unread.slice(start))
    if (this.#unfinished === '') return
    this.#lines.tree.changes.begin()
    this.#take(this.#unfinished, false)
  }

  /** No more will come: what was waiting for more is taken as it is. */
  finish(): void {
    this.#lines.tree.changes.takeBack()
    if (this.#unfinished !== '') this.#take(this.#unfinished, false)
    this.#unfinished = ''
    this.#lines.closeAll()
  }

  #takeLine(line: string): void {
    const rest = this.#takePieces(line.endsWith('\r') ? line.slice(0, -1) : line)
    this.#take(rest, true)
    this.#advance(rest.length + 1, false)
  }

  /** Takes the pieces of a very long line that can be taken already and answers the rest. */
  #takePieces(line: string): string {
    let rest = line
    while (rest.length > PIECE) {
      const end = pieceEnd(rest)
      this.#take(rest.slice(0, end), false)
      this.#advance(end, true)
      rest = rest.slice(end)
    }
    return rest
  }

  #take(text: string, ended: boolean): void {
    if (this.#read >= this.#limit) this.#lines.keepPlain(this.#reason)
    if (this.#insideLine) this.#lines.continueLine(text, ended)
    else this.#lines.line(text, ended)
  }

  #advance(length: number, insideLine: boolean): void {
    this.#read += length
    this.#insideLine = insideLine
  }
}
