// The uploaded files: one folder per import, named by its id. Nothing of the upload names a path.
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { freeBytes, MIN_FREE_BYTES } from '../db/free-space.ts'
import { Problem } from '../http/problem.ts'
import { t } from '#shared/translate.ts'

const CHECKED_BYTES = 32 * 1024 * 1024

const diskFull = () =>
  new Problem(
    'unavailable',
    t`The disk is almost full: free some space, and choose the file again.`,
  )

export class ImportUploads {
  readonly #folder: string
  readonly #freeBytes: typeof freeBytes

  constructor(dataDir: string, freeSpace = freeBytes) {
    this.#folder = join(dataDir, 'imports')
    this.#freeBytes = freeSpace
  }

  pathOf(id: string): string {
    return join(this.#folder, id, 'upload')
  }

  /** Returns the number of bytes. An upload that breaks off leaves nothing. */
  async store(id: string, chunks: AsyncIterable<Uint8Array>): Promise<number> {
    await mkdir(join(this.#folder, id), { recursive: true, mode: 0o700 })
    const file = createWriteStream(this.pathOf(id), { mode: 0o600 })
    try {
      await pipeline(this.#whileFree(chunks), file)
    } catch (error) {
      await this.remove(id)
      const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC'
      throw isFull ? diskFull() : error
    }
    if (file.bytesWritten > 0) return file.bytesWritten
    await this.remove(id)
    throw new Problem('bad_request', t`The file is empty.`)
  }

  /** Ends while other things can still be stored. */
  async *#whileFree(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let unchecked = CHECKED_BYTES
    for await (const chunk of chunks) {
      unchecked += chunk.length
      if (unchecked >= CHECKED_BYTES) {
        unchecked = 0
        if ((await this.#freeBytes(this.#folder)) < MIN_FREE_BYTES) throw diskFull()
      }
      yield chunk
    }
  }

  async remove(id: string): Promise<void> {
    await rm(join(this.#folder, id), { recursive: true, force: true })
  }

  /** Removes what no import needs, such as an upload that was going on when the process ended. */
  async removeOthers(ids: string[]): Promise<void> {
    const kept = new Set(ids)
    const names = await readdir(this.#folder).catch(() => [])
    for (const name of names) if (!kept.has(name)) await this.remove(name)
  }
}
