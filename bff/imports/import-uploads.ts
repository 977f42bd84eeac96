// The uploaded files: one folder per import, named by its id. Nothing of the upload names a path.
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Problem } from '../http/problem.ts'

export class ImportUploads {
  readonly #folder: string

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'imports')
  }

  pathOf(id: string): string {
    return join(this.#folder, id, 'upload')
  }

  /** Returns the number of bytes. An upload that breaks off leaves nothing. */
  async store(id: string, chunks: AsyncIterable<Uint8Array>): Promise<number> {
    await mkdir(join(this.#folder, id), { recursive: true, mode: 0o700 })
    const file = createWriteStream(this.pathOf(id), { mode: 0o600 })
    try {
      await pipeline(chunks, file)
    } catch (error) {
      await this.remove(id)
      const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC'
      throw isFull ? new Problem('unavailable', 'The disk is full: free some space.') : error
    }
    if (file.bytesWritten > 0) return file.bytesWritten
    await this.remove(id)
    throw new Problem('bad_request', 'The file is empty.')
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
