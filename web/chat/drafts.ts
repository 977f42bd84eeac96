// What was typed and not sent, per conversation, kept across reloads. Memory is the truth while
// the page is open; the browser's storage can be full or forbidden.
import { Store } from '../ui/store.ts'
import { readStored, writeStored } from '../ui/stored.ts'

const PREFIX = 'tally.draft.'
/** Where submits are kept until the server has acknowledged them. */
export const OUTBOX = 'tally.outbox'

export class Drafts extends Store {
  readonly #texts = new Map<string, string>()

  get(place: string): string {
    return this.#texts.get(place) ?? readStored(PREFIX + place) ?? ''
  }

  set(place: string, text: string): void {
    this.#texts.set(place, text)
    writeStored(PREFIX + place, text === '' ? null : text)
    this.notify()
  }

  move(from: string, to: string): void {
    const text = this.get(from)
    if (text === '') return
    this.set(to, text)
    this.set(from, '')
  }

  /** Takes out what was sent; what was typed since stays. */
  take(place: string, sent: string): void {
    const typed = this.get(place)
    this.set(place, typed.startsWith(sent) ? typed.slice(sent.length) : typed)
  }

  /** Puts a text that could not be sent back, in front of what was typed since. */
  giveBack(place: string, text: string): void {
    const typed = this.get(place)
    this.set(place, typed === '' ? text : `${text}\n\n${typed}`)
  }
}
