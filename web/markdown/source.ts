// The text of one document and how far it was read. A text that grew is read from where it grew;
// any other text is read anew.
import { BlockParser } from './block-parser.ts'
import type { Root } from './blocks.ts'
import { MAX_FORMATTED_CHARS } from './pieces.ts'

/** How long the page may be held up by reading. The rest is read in turns. */
const MAX_READ_MS = 20
const SLICE = 4_096

/** The first part of a long text, which is drawn together with the thread around it. */
const FIRST_SLICE = 1_024
const MIN_LONG_CHARS = 4 * SLICE

/** The compared part of a growing text per frame; all of it is compared when it is complete. */
const TAIL = 200

export class Source {
  #parser = new BlockParser(MAX_FORMATTED_CHARS)
  #all = false
  #text = ''
  #finished = false
  #unread = 0

  /** How much of the text is still to be read, in characters. */
  get unread(): number {
    return this.#unread
  }

  read(text: string, streaming: boolean, all: boolean): Root {
    const grown = text.length - this.#text.length
    const continues = this.#begins(text, streaming) && !(this.#finished && grown > 0)
    if (all !== this.#all || !continues) this.#begin(all)
    this.#append(text)
    this.#unread = text.length - this.#text.length
    if (!streaming && !this.#finished && this.#unread === 0) {
      this.#parser.finish()
      this.#finished = true
    }
    return this.#parser.root
  }

  /** Whether the text goes on where the last one ended. While it grows, its last words tell. */
  #begins(text: string, streaming: boolean): boolean {
    if (!streaming) return text.startsWith(this.#text)
    const tail = this.#text.slice(-TAIL)
    return text.startsWith(tail, this.#text.length - tail.length)
  }

  #begin(all: boolean): void {
    this.#parser = new BlockParser(all ? Infinity : MAX_FORMATTED_CHARS)
    this.#all = all
    this.#text = ''
    this.#finished = false
  }

  #append(text: string): void {
    const isBeginning = this.#text === '' && text.length > MIN_LONG_CHARS
    const slice = isBeginning ? FIRST_SLICE : SLICE
    const deadline = performance.now() + MAX_READ_MS
    while (text.length > this.#text.length) {
      const end = this.#text.length + slice
      this.#parser.append(text.slice(this.#text.length, end))
      this.#text = text.slice(0, end)
      if (this.#parser.tooDeep) this.#keepPlain()
      if (isBeginning || performance.now() > deadline) return
    }
  }

  #keepPlain(): void {
    this.#parser = new BlockParser(0, 'depth')
    this.#parser.append(this.#text)
  }
}
