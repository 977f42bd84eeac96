// Attached files: the bytes on the disk and the rows in the database, in step with each other.
import { readFile } from 'node:fs/promises'
import { v7 as uuid } from 'uuid'
import type { FileInfo } from '#shared/files.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../http/problem.ts'
import type { BackgroundJobs } from '../jobs/background-jobs.ts'
import { createMutex } from '../jobs/mutex.ts'
import { backgroundWorker } from '../worker/background-worker.ts'
import { FileBytes, type Received } from './file-bytes.ts'
import {
  deleteUnusedFile,
  type FileFacts,
  findFile,
  insertFile,
  isHashInUse,
  type StoredFile,
  unusedFiles,
} from './file-store.ts'
import { imageSize } from './image-size.ts'

/** How long an upload waits for the message that uses it. */
const UNSENT_MS = 24 * 60 * 60_000
const CLEAN_EVERY_MS = 60_000
/** An image that unpacks to more would take the memory of the browser that shows it. */
const MAX_PIXELS = 100_000_000
/** A longer text cannot be sent whole, so its tokens are not counted. */
const MAX_SENT_CHARS = 1_000_000

interface FileParts {
  db: Database
  folder: string
  jobs: BackgroundJobs
  now: () => Date
}

export class Files {
  readonly #parts: FileParts
  readonly #bytes: FileBytes
  /** Keeping bytes and removing those of the same hash must not overlap. */
  readonly #inTurn = createMutex()

  constructor(parts: FileParts) {
    this.#parts = parts
    this.#bytes = new FileBytes(parts.folder)
    parts.jobs.add('files', (stop) => this.clean(stop), CLEAN_EVERY_MS)
  }

  async upload(name: string, chunks: AsyncIterable<Uint8Array>): Promise<FileInfo> {
    const received = await this.#bytes.receive(chunks)
    try {
      const facts = await factsOf(received)
      const { hash, type, size } = received
      const id = uuid()
      const at = this.#parts.now().toISOString()
      await this.#inTurn(async () => {
        await this.#bytes.keep(received)
        await insertFile(this.#parts.db, { id, hash, name, type, size }, facts, at)
      })
      return { id, name, type, size, ...facts }
    } catch (error) {
      await this.#bytes.discard(received)
      throw error
    }
  }

  async find(id: string): Promise<StoredFile> {
    const file = await findFile(this.#parts.db, id)
    if (file === null) throw new Problem('file_not_found')
    return file
  }

  async read({ hash, name }: StoredFile): Promise<AsyncIterable<Buffer>> {
    if (!(await this.#bytes.has(hash))) throw missing(name)
    return this.#bytes.read(hash)
  }

  /** Deletes what no message uses any more, and uploads that were never sent. */
  async clean(stop?: AbortSignal): Promise<void> {
    const { db, now } = this.#parts
    const before = new Date(now().getTime() - UNSENT_MS)
    await this.#bytes.removeTemporary(before)
    for (const { id, hash } of await unusedFiles(db, before.toISOString())) {
      if (stop?.aborted) return
      await this.#inTurn(async () => {
        const isDeleted = await deleteUnusedFile(db, id)
        if (isDeleted && !(await isHashInUse(db, hash))) await this.#bytes.remove(hash)
      })
    }
  }
}

function missing(name: string): Problem {
  return new Problem(
    'file_missing',
    `“${name}” is not in the data folder any more: restore a backup.`,
  )
}

async function factsOf({ path, type, size }: Received): Promise<FileFacts> {
  if (type === 'text/plain') return textFacts(path, size)
  if (type === 'application/pdf') return {}
  const found = await imageSize(path, type)
  if (found === null) throw new Problem('file_not_accepted', 'The image is damaged.')
  if (found.width * found.height > MAX_PIXELS) {
    throw new Problem('file_not_accepted', 'The image has more than 100 megapixels.')
  }
  return found
}

async function textFacts(path: string, size: number): Promise<FileFacts> {
  // A character has at most four bytes.
  if (size > MAX_SENT_CHARS * 4) return {}
  const text = await readFile(path, 'utf8')
  if (text.length > MAX_SENT_CHARS) return {}
  const [tokens = 0] = await backgroundWorker.countTokens([text])
  return { tokens }
}
