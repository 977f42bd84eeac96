// Uploads what is attached. Images are made smaller first, which also drops where and when they were taken.
import { MAX_FILE_BYTES, MAX_FILES_PER_MESSAGE } from '#shared/files.ts'
import { uploadFile } from '../api/files.ts'
import { ApiError } from '../api/request.ts'
import type { Attachment } from './attachment.ts'
import type { Drafts } from './drafts.ts'
import { smallerImage } from './smaller-image.ts'
import { t } from '#shared/translate.ts'

const TOO_LARGE = t`Larger than ${MAX_FILE_BYTES / 1024 / 1024} MB. Attach a smaller file.`

export class Uploads {
  readonly #drafts: Drafts
  /** For another attempt, as long as the page is open. */
  readonly #files = new Map<string, File>()
  readonly #running = new Map<string, AbortController>()

  constructor(drafts: Drafts) {
    this.#drafts = drafts
  }

  attach(threadId: string, files: readonly File[]): void {
    const attached = this.#drafts.files(threadId)
    const free = MAX_FILES_PER_MESSAGE - attached.length
    if (files.length > free) {
      const message = t`A message takes ${MAX_FILES_PER_MESSAGE} files. The others were not attached.`
      this.#drafts.fail(threadId, message)
    }
    const added = files.slice(0, Math.max(0, free)).map((file): [Attachment, File] => {
      const key = crypto.randomUUID()
      return [{ key, name: file.name || 'pasted.png', size: file.size, progress: 0 }, file]
    })
    this.#drafts.setFiles(threadId, [...attached, ...added.map(([one]) => one)])
    for (const [{ key }, file] of added) {
      this.#files.set(key, file)
      void this.#upload(threadId, key, file)
    }
  }

  canRetry(key: string): boolean {
    return this.#files.has(key)
  }

  retry(threadId: string, key: string): void {
    const file = this.#files.get(key)
    if (file !== undefined) void this.#upload(threadId, key, file)
  }

  remove(threadId: string, key: string): void {
    this.#running.get(key)?.abort()
    this.#files.delete(key)
    const others = this.#drafts.files(threadId).filter((one) => one.key !== key)
    this.#drafts.setFiles(threadId, others)
  }

  async #upload(threadId: string, key: string, file: File): Promise<void> {
    const controller = new AbortController()
    this.#running.set(key, controller)
    const change = (next: Partial<Attachment>) => this.#drafts.changeFile(key, next)
    change({ progress: 0, error: undefined })
    try {
      const sent = await smallerImage(file)
      if (sent.size > MAX_FILE_BYTES) throw new ApiError(413, 'body_too_large', TOO_LARGE)
      const onProgress = (progress: number) => change({ progress })
      const name = file.name || 'pasted.png'
      const info = await uploadFile(sent, name, onProgress, controller.signal)
      this.#files.delete(key)
      change({ info, size: info.size, progress: undefined })
    } catch (error) {
      if (controller.signal.aborted) return
      // Another attempt would end the same.
      if (isRefused(error)) this.#files.delete(key)
      const message = error instanceof Error ? error.message : String(error)
      change({ error: message, progress: undefined })
    } finally {
      this.#running.delete(key)
    }
  }
}

/** What the server does not take, it never takes. */
function isRefused(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 413 || error.status === 415)
}
