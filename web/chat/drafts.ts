// What was written and is not with the server yet: drafts, the outbox of submits that the server has not
// acknowledged, and why the last submit failed. Drafts and outbox are kept across reloads. Memory is the
// truth while the page is open; the browser's storage can be full or forbidden.
import type { CreateConversation } from '#shared/api.ts'
import { Store } from '../ui/store.ts'
import { readStored, writeStored } from '../ui/stored.ts'

/** The id of the thread that has no conversation yet; every other has that of its conversation. */
export const NEW_CHAT = 'new'
const OUTBOX = 'tally.outbox'
const PREFIX = 'tally.draft.'

/** Keeps its key, so that a reload in the middle of sending sends it again without starting a second run. */
export interface Submission {
  /** The Idempotency-Key. */
  key: string
  /** Null until its conversation has been created. */
  conversationId: string | null
  /** Null if an answer is tried again. */
  text: string | null
  retryOf: string | null
  /** The model of the next run; what is left out is the server's default. */
  choice: Pick<CreateConversation, 'provider' | 'model'>
  /** With what a new conversation is created. */
  setup: Pick<CreateConversation, 'agent' | 'settings'>
}

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

/** Submits that the server has not acknowledged, in the order they were sent. */
export function readOutbox(): Submission[] {
  try {
    const stored: unknown = JSON.parse(readStored(OUTBOX) ?? '[]')
    return Array.isArray(stored) ? stored.filter(isSubmission) : []
  } catch {
    return []
  }
}

export function keepInOutbox(submission: Submission): void {
  writeOutbox([...withoutKey(submission.key), submission])
}

export function acknowledge(key: string): void {
  writeOutbox(withoutKey(key))
}

function withoutKey(key: string): Submission[] {
  return readOutbox().filter((submission) => submission.key !== key)
}

function writeOutbox(submissions: Submission[]): void {
  writeStored(OUTBOX, submissions.length === 0 ? null : JSON.stringify(submissions))
}

/** The server checks the rest. */
function isSubmission(stored: unknown): stored is Submission {
  if (typeof stored !== 'object' || stored === null) return false
  const { key, conversationId, text, retryOf, choice, setup } = stored as Partial<
    Record<keyof Submission, unknown>
  >
  const isText = (value: unknown) => value === null || typeof value === 'string'
  const texts = [conversationId, text, retryOf].every(isText)
  return typeof key === 'string' && texts && isObject(choice) && isObject(setup)
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null
