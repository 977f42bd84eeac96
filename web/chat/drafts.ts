// What was written and not sent, and why the last submit failed. Drafts are kept across reloads. Memory is
// the truth while the page is open; the browser's storage can be full or forbidden.
import { Store } from '../ui/store.ts'
import { readStored, writeStored } from '../ui/stored.ts'

/** The id of the thread that has no conversation yet; every other has that of its conversation. */
export const NEW_CHAT = 'new'
export const OUTBOX = 'tally.outbox'
const PREFIX = 'tally.draft.'

export interface Failure {
  /** For the user. */
  message: string
  /** The server's code for it. */
  code?: string
  /** The provider of the requested model. Null for the default one. */
  provider?: string | null
}

export class Drafts extends Store {
  readonly #texts = new Map<string, string>()
  readonly #failures = new Map<string, Failure>()

  get(threadId: string): string {
    return this.#texts.get(threadId) ?? readStored(PREFIX + threadId) ?? ''
  }

  set(threadId: string, text: string): void {
    this.#texts.set(threadId, text)
    writeStored(PREFIX + threadId, text === '' ? null : text)
    this.notify()
  }

  move(from: string, to: string): void {
    const text = this.get(from)
    if (text === '') return
    this.set(to, text)
    this.set(from, '')
  }

  /** Takes out what was sent; what was typed since stays. */
  take(threadId: string, sent: string): void {
    const typed = this.get(threadId)
    this.set(threadId, typed.startsWith(sent) ? typed.slice(sent.length) : typed)
  }

  /** Puts a text that could not be sent back, in front of what was typed since. */
  giveBack(threadId: string, text: string): void {
    const typed = this.get(threadId)
    this.set(threadId, typed === '' ? text : `${text}\n\n${typed}`)
  }

  /** Why what was last asked for did not work. */
  failure(threadId: string): Failure | null {
    return this.#failures.get(threadId) ?? null
  }

  fail(threadId: string, failure: Failure | string | null): void {
    if (failure === null) this.#failures.delete(threadId)
    else this.#failures.set(threadId, typeof failure === 'string' ? { message: failure } : failure)
    this.notify()
  }
}

export function hasOutbox(): boolean {
  return readStored(OUTBOX) !== null
}
