// Attached files: the bytes on the disk and the rows in the database, in step with each other.
import { readFile } from 'node:fs/promises'
import { v7 as uuid } from 'uuid'
import type { FileInfo, SendFile } from '#shared/files.ts'
import type { FilePart } from '#shared/message.ts'
import { t } from '#shared/translate.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../http/problem.ts'
import type { BackgroundJobs } from '../jobs/background-jobs.ts'
import { createMutex } from '../jobs/mutex.ts'
import { FileMissing, type FileReference } from '../upstream/file-reference.ts'
import type { AttachedFiles } from '../upstream/attached-files.ts'
import type { KeepFiles } from '../upstream/tool-files.ts'
import { backgroundWorker } from '../worker/background-worker.ts'
import { attachFiles, MAX_SENT_CHARS, partOf, type ReadText, tooLong } from './attach-files.ts'
import { FileBytes, inPieces, type Received } from './file-bytes.ts'
import {
  deleteUnusedFile,
  type FileFacts,
  findFile,
  findFileByHash,
  insertFile,
  isHashInUse,
  type StoredFile,
  unusedFiles,
} from './file-store.ts'
import { cleanFileName } from './file-name.ts'
import { imageSize } from './image-size.ts'
import { keepToolFiles } from './keep-tool-files.ts'
import { keepPages, keptPages, pdfFacts } from './pdf-pages.ts'
import { readPdf } from './read-pdf.ts'
import { imageTokens } from './image-size.ts'

/** How long an upload waits for the message that uses it. */
const UNSENT_MS = 24 * 60 * 60_000
const CLEAN_EVERY_MS = 60_000
const SWEEP_EVERY_MS = 24 * 60 * 60_000
/** An image that unpacks to more would take the memory of the browser that shows it. */
const MAX_PIXELS = 100_000_000

/** A file as an export names it. */
export interface ExportedFile {
  id: string
  hash: string
  name: string
  size: number
}

/** `known`: it is here already. `taken`: its id belongs to another file here. */
export type RestoredFile = 'restored' | 'known' | 'missing' | 'taken'

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
  readonly #mutex = createMutex()

  constructor(parts: FileParts) {
    this.#parts = parts
    this.#bytes = new FileBytes(parts.folder)
    parts.jobs.add('files', (stop) => this.clean(stop), CLEAN_EVERY_MS)
    parts.jobs.add('unknown files', (stop) => this.removeUnknown(stop), SWEEP_EVERY_MS)
  }

  async upload(name: string, chunks: AsyncIterable<Uint8Array>): Promise<FileInfo> {
    return this.#store(uuid(), name, await this.#bytes.receive(chunks, name))
  }

  /** Stores a file of an export under its own id. Throws if it is not what the export says it is. */
  async restore(
    { id, hash, name, size }: ExportedFile,
    chunks: AsyncIterable<Uint8Array> | null,
  ): Promise<RestoredFile> {
    const { db } = this.#parts
    const known = await findFile(db, id)
    if (known !== null && known.hash !== hash) return 'taken'
    const isKnown = await this.#mutex(async () => {
      if (!(await this.#bytes.has(hash))) return false
      if (known !== null) return true
      const same = await findFileByHash(db, hash)
      if (same === null) return false
      await insertFile(db, { ...same, id, name: cleanFileName(name) }, this.#now())
      return true
    })
    if (isKnown) return known === null ? 'restored' : 'known'
    if (chunks === null) return 'missing'
    const received = await this.#bytes.receive(chunks)
    if (received.hash !== hash || received.size !== size) {
      await this.#bytes.discard(received)
      throw new Problem('file_not_accepted', t`The file is not the one that the export names.`)
    }
    await this.#store(id, cleanFileName(name), received)
    return 'restored'
  }

  /** Stores a file of another product under an id that the same file gets again. */
  async keepImported(
    id: string,
    name: string,
    chunks: AsyncIterable<Uint8Array> | null,
  ): Promise<RestoredFile> {
    const known = await findFile(this.#parts.db, id)
    if (known !== null && (await this.#bytes.has(known.hash))) return 'known'
    if (chunks === null) return 'missing'
    await this.#store(id, cleanFileName(name), await this.#bytes.receive(chunks))
    return 'restored'
  }

  /** Null if there is no such file. */
  async partOf(id: string): Promise<FilePart | null> {
    const file = await findFile(this.#parts.db, id)
    return file && partOf(file)
  }

  async #store(id: string, name: string, received: Received): Promise<FileInfo> {
    try {
      const pages = received.type === 'application/pdf' ? await readPdf(received.path) : null
      const facts = pages === null ? await factsOf(received) : await pdfFacts(pages)
      const { hash, type, size } = received
      const info = { id, name, type, size, ...facts }
      await this.#mutex(async () => {
        await this.#bytes.keep(received)
        if (pages !== null) await keepPages(this.#bytes.path(hash), pages)
        await insertFile(this.#parts.db, { ...info, hash }, this.#now())
      })
      return info
    } catch (error) {
      await this.#bytes.discard(received)
      throw error
    }
  }

  has(hash: string): Promise<boolean> {
    return this.#bytes.has(hash)
  }

  #now(): string {
    return this.#parts.now().toISOString()
  }

  async find(id: string): Promise<StoredFile> {
    const file = await findFile(this.#parts.db, id)
    if (file === null) throw new Problem('file_not_found')
    return file
  }

  async read(file: StoredFile): Promise<AsyncIterable<Buffer>> {
    await this.#check(file)
    return this.#bytes.read(file.hash)
  }

  /** Throws the problem that says why one of the files cannot be sent. */
  readonly attach = (asked: SendFile[]): Promise<AttachedFiles> =>
    attachFiles(asked, {
      find: (id) => this.find(id),
      check: (file) => this.#check(file),
      readText: (file) => this.#readText(file),
      readPages: (file) => this.#readPages(file),
    })

  /** Writes a data URL. */
  async *write({ hash, type }: Pick<FileReference, 'hash' | 'type'>): AsyncGenerator<string> {
    if (!(await this.#bytes.has(hash))) throw new FileMissing()
    yield `data:${type};base64,`
    yield* inBase64(this.#bytes.read(hash))
  }

  /** Null if the file or its bytes are gone. */
  readonly dataUrl = async (id: string): Promise<AsyncIterable<string> | null> => {
    const file = await findFile(this.#parts.db, id)
    return file !== null && (await this.#bytes.has(file.hash)) ? this.write(file) : null
  }

  readonly keepOfTool: KeepFiles = (made) =>
    keepToolFiles(made, {
      store: async (name, bytes) => {
        const received = await this.#bytes.receive(inPieces(bytes))
        return { ...(await this.#store(uuid(), name, received)), hash: received.hash }
      },
      readPages: (file) => this.#readPages(file),
    })

  async #check({ hash, name }: StoredFile): Promise<void> {
    if (!(await this.#bytes.has(hash))) throw missing(name)
  }

  /** Read again if the text was not restored with the file. */
  async #readPages({ hash }: StoredFile): Promise<string[]> {
    const path = this.#bytes.path(hash)
    return (await keptPages(path)) ?? keepPages(path, await readPdf(path))
  }

  async #readText({ hash, tokens }: StoredFile): Promise<ReadText> {
    if (tokens === undefined) throw tooLong()
    return { text: await readFile(this.#bytes.path(hash), 'utf8'), tokens }
  }

  /** Deletes what no message uses any more, and uploads that were never sent. */
  async clean(stop?: AbortSignal): Promise<void> {
    const { db, now } = this.#parts
    const before = new Date(now().getTime() - UNSENT_MS)
    for (const { id, hash } of await unusedFiles(db, before.toISOString())) {
      if (stop?.aborted) return
      await this.#mutex(async () => {
        const isDeleted = await deleteUnusedFile(db, id)
        if (isDeleted && !(await isHashInUse(db, hash))) await this.#bytes.remove(hash)
      })
    }
  }

  /** Removes what a crash has left on the disk before a row named it, or after the last one was deleted. */
  async removeUnknown(stop?: AbortSignal): Promise<void> {
    const { db, now } = this.#parts
    const before = new Date(now().getTime() - UNSENT_MS)
    await this.#bytes.removeTemporary(before)
    for (const hash of await this.#bytes.hashes(before)) {
      if (stop?.aborted) return
      await this.#mutex(async () => {
        if (!(await isHashInUse(db, hash))) await this.#bytes.remove(hash)
      })
    }
  }
}

const MAX_CHAR_BYTES = 4

async function* inBase64(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    // Three bytes are four characters.
    const whole = all.length - (all.length % 3)
    yield all.toString('base64', 0, whole)
    rest = all.subarray(whole)
  }
  yield rest.toString('base64')
}

function missing(name: string): Problem {
  return new Problem(
    'file_missing',
    t`“${name}” is not in the data folder any more: restore a backup.`,
  )
}

async function factsOf({ path, type, size }: Received): Promise<FileFacts> {
  if (type === 'text/plain') return textFacts(path, size)
  const found = await imageSize(path, type)
  if (found === null) throw new Problem('file_not_accepted', t`The image is damaged.`)
  if (found.width * found.height > MAX_PIXELS) {
    throw new Problem('file_not_accepted', t`The image has more than 100 megapixels.`)
  }
  return { ...found, tokens: imageTokens(found) }
}

/** Of a text that is too long to be sent whole nothing is counted. */
async function textFacts(path: string, size: number): Promise<FileFacts> {
  if (size > MAX_SENT_CHARS * MAX_CHAR_BYTES) return {}
  const text = await readFile(path, 'utf8')
  if (text.length > MAX_SENT_CHARS) return {}
  const [tokens = 0] = await backgroundWorker.countTokens([text])
  return { tokens }
}
