// The text of one document and how far it was read. A text that grew is read from where it grew;
// any other text is read anew.
import { BlockParser } from './block-parser.ts'
import type { Root } from './blocks.ts'

/** What is formatted of one text, in characters, until the reader asks for all of it. */
const FORMATTED = 100_000

export class Source {
  #parser = new BlockParser(FORMATTED)
  #all = false
  #text = ''
  #finished = false

  read(text: string, streaming: boolean, all: boolean): Root {
    const grown = text.length - this.#text.length
    const continues = grown >= 0 && text.startsWith(this.#text) && !(this.#finished && grown > 0)
    if (all !== this.#all || !continues) this.#begin(all)
    if (text.length > this.#text.length) this.#append(text)
    if (!streaming && !this.#finished) {
      this.#parser.finish()
      this.#finished = true
    }
    return this.#parser.root
  }

  #begin(all: boolean): void {
    this.#parser = new BlockParser(all ? Infinity : FORMATTED)
    this.#all = all
    this.#text = ''
    this.#finished = false
  }

  #append(text: string): void {
    this.#parser.append(text.slice(this.#text.length))
    this.#text = text
    if (!this.#parser.tooDeep) return
    this.#parser = new BlockParser(0, 'depth')
    this.#parser.append(text)
  }
}
