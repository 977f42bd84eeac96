// What was written and not sent, and why the last submit failed. Drafts are kept across reloads. Memory is
// the truth while the page is open; the browser's storage can be full or forbidden.
import { Store } from '../ui/store.ts'
import type { Attachment } from './attachment.ts'
import { readStored, writeStored } from '../ui/stored.ts'
import { t } from '#shared/translate.ts'

/** The id of the thread that has no conversation yet; every other has that of its conversation. */
export const NEW_CHAT = 'new'
export const OUTBOX = 'tally.outbox'
export const DRAFT = 'tally.draft.'
export const FILES = 'tally.files.'
const NO_FILES: readonly Attachment[] = []
const NOT_UPLOADED = t`The page was closed before it was uploaded. Attach it again.`

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
  readonly #files = new Map<string, readonly Attachment[]>()
  readonly #failures = new Map<string, Failure>()

  get(threadId: string): string {
    return this.#texts.get(threadId) ?? readStored(DRAFT + threadId) ?? ''
  }

  set(threadId: string, text: string): void {
    this.#texts.set(threadId, text)
    writeStored(DRAFT + threadId, text === '' ? null : text)
    this.notify()
  }

  /** What is attached to it. */
  files(threadId: string): readonly Attachment[] {
    const files = this.#files.get(threadId) ?? storedFiles(threadId)
    this.#files.set(threadId, files)
    return files
  }

  setFiles(threadId: string, files: readonly Attachment[]): void {
    this.#files.set(threadId, files)
    writeStored(FILES + threadId, files.length === 0 ? null : JSON.stringify(files))
    this.notify()
  }

  /** It may have been removed, or moved with its thread. */
  changeFile(key: string, change: Partial<Attachment>): void {
    for (const [id, files] of this.#files) {
      if (files.some((file) => file.key === key)) {
        this.setFiles(
          id,
          files.map((file) => (file.key === key ? { ...file, ...change } : file)),
        )
      }
    }
  }

  move(from: string, to: string): void {
    const text = this.get(from)
    if (this.files(from).length > 0) {
      this.setFiles(to, this.files(from))
      this.setFiles(from, NO_FILES)
    }
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
  giveBack(threadId: string, text: string, files: readonly Attachment[] = []): void {
    const typed = this.get(threadId)
    this.set(threadId, [text, typed].filter(Boolean).join('\n\n'))
    if (files.length > 0) this.setFiles(threadId, [...files, ...this.files(threadId)])
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

/** What was not uploaded before a reload is lost. */
function storedFiles(threadId: string): readonly Attachment[] {
  try {
    const stored: Attachment[] = JSON.parse(readStored(FILES + threadId) ?? '[]')
    return stored.map((file) => (file.info ? file : { ...file, error: NOT_UPLOADED }))
  } catch {
    return NO_FILES
  }
}

export function hasOutbox(): boolean {
  return readStored(OUTBOX) !== null
}
