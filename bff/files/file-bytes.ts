// The bytes of files on the disk, each stored once under its SHA-256. A name never becomes part of a path.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { type FileType, MAX_FILE_BYTES } from '#shared/files.ts'
import { fileTooLarge } from '../http/gate.ts'
import { t } from '#shared/translate.ts'
import { Problem } from '../http/problem.ts'
import { yieldWhenDue } from '../jobs/event-loop.ts'
import { TypeDetector } from './detect-type.ts'
import { whatToAttach } from './what-to-attach.ts'

const TEMPORARY = '.part'
/** What was read from a PDF stands beside it. */
export const PDF_TEXT = '.json'
const HASH = /^[\da-f]{64}$/

export interface Received {
  /** Where the bytes are until they are kept. */
  path: string
  hash: string
  type: FileType
  size: number
}

export class FileBytes {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  path(hash: string): string {
    if (!HASH.test(hash)) throw new Error('not a hash')
    return join(this.#folder, hash)
  }

  /** Writes the file to the disk while it arrives, and refuses what is not accepted. */
  async receive(chunks: AsyncIterable<Uint8Array>, name = ''): Promise<Received> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const path = join(this.#folder, uuid() + TEMPORARY)
    const file = await open(path, 'wx', 0o600)
    try {
      const hash = createHash('sha256')
      const detector = new TypeDetector()
      let size = 0
      for await (const chunk of chunks) {
        size += chunk.length
        if (size > MAX_FILE_BYTES) throw fileTooLarge()
        if (!detector.read(chunk)) throw notAccepted(name)
        hash.update(chunk)
        await file.write(chunk)
      }
      const type = detector.type()
      if (type === null) throw size === 0 ? emptyFile() : notAccepted(name)
      await file.sync()
      return { path, hash: hash.digest('hex'), type, size }
    } catch (error) {
      await rm(path, { force: true })
      throw error
    } finally {
      await file.close()
    }
  }

  /** Gives what was received its name. The same bytes are stored once. */
  async keep({ path, hash }: Received): Promise<void> {
    await rename(path, this.path(hash))
  }

  async discard({ path }: Received): Promise<void> {
    await rm(path, { force: true })
  }

  /** Its text goes first: what a crash leaves can be found by the bytes. */
  async remove(hash: string): Promise<void> {
    await rm(this.path(hash) + PDF_TEXT, { force: true })
    await rm(this.path(hash), { force: true })
  }

  async has(hash: string): Promise<boolean> {
    return stat(this.path(hash)).then(
      (found) => found.isFile(),
      () => false,
    )
  }

  /** In pieces of 64 kB. */
  read(hash: string): AsyncIterable<Buffer> {
    return createReadStream(this.path(hash))
  }

  /** Removes what uploads left behind that a crash has cut off. */
  async removeTemporary(before: Date): Promise<void> {
    for (const name of await this.#olderThan(before)) {
      if (name.endsWith(TEMPORARY)) await rm(join(this.#folder, name), { force: true })
    }
  }

  /** Of all bytes, and of texts whose bytes are gone. */
  async hashes(before: Date): Promise<string[]> {
    const names = await this.#olderThan(before)
    const hashes = names.map((name) => name.replace(PDF_TEXT, '')).filter((name) => HASH.test(name))
    return [...new Set(hashes)]
  }

  async #olderThan(before: Date): Promise<string[]> {
    const names = await readdir(this.#folder).catch(() => [])
    const older: string[] = []
    for (const name of names) {
      const found = await stat(join(this.#folder, name)).catch(() => null)
      if (found !== null && found.mtime < before) older.push(name)
    }
    return older
  }
}

const PIECE_BYTES = 64 * 1024

/** Bytes in memory as they would arrive. */
export async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
    yield bytes.subarray(from, from + PIECE_BYTES)
    await yieldWhenDue()
  }
}

function notAccepted(name: string): Problem {
  return new Problem('file_not_accepted', whatToAttach(name))
}

function emptyFile(): Problem {
  return new Problem('file_not_accepted', t`The file is empty. Attach one with content.`)
}
