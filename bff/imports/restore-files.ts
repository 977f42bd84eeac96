// The attached files of an export of Tally: found in its zip by their hash, and stored like an upload,
// which tells their type by their content.
import { dirname } from 'node:path'
import type { Entry, ZipFile } from 'yauzl'
import { MAX_FILE_BYTES } from '#shared/files.ts'
import { freeBytes, MIN_FREE_BYTES } from '../db/free-space.ts'
import { inPieces } from '../files/file-bytes.ts'
import type { ExportedFile, Files, RestoredFile } from '../files/files.ts'
import { fileLabel } from '../files/model-texts.ts'
import { Problem } from '../http/problem.ts'
import type { AttachedFiles } from '../upstream/attached-files.ts'
import { type AssetLine, bytesOfDataUrl } from './imported-asset.ts'
import { ImportRefused } from './import-refused.ts'
import { isZip, openEntries, unpacked } from './open-source.ts'
import { t } from '#shared/translate.ts'

const FILE_ENTRY = /(?:^|[/\\])files[/\\]([\da-f]{64})$/
const diskFull = () => t`The disk is full: free some space, and import again.`
const GB = 1024 ** 3

export class FileRestore {
  readonly #files: Files
  readonly #folder: string
  readonly #zip: ZipFile | null
  /** By their hash. */
  readonly #entries: Map<string, Entry>
  readonly #byPath = new Map<string, Entry>()
  /** A file of two conversations is restored once. */
  readonly #seen = new Set<string>()

  private constructor(
    files: Files,
    folder: string,
    zip: ZipFile | null,
    entries: Map<string, Entry>,
  ) {
    this.#files = files
    this.#folder = folder
    this.#zip = zip
    this.#entries = entries
  }

  /** Throws if the disk has no room for the files. */
  static async open(path: string, files: Files): Promise<FileRestore> {
    const entries = new Map<string, Entry>()
    if (!(await isZip(path))) return new FileRestore(files, dirname(path), null, entries)
    const opened = await openEntries(path)
    for (const { path: name, entry } of opened.entries) {
      const hash = FILE_ENTRY.exec(name)?.[1]
      if (hash !== undefined) entries.set(hash, entry)
    }
    const restore = new FileRestore(files, dirname(path), opened.zip, entries)
    for (const { path: name, entry } of opened.entries) restore.#byPath.set(name, entry)
    try {
      await restore.#checkSpace()
    } catch (error) {
      restore.close()
      throw error
    }
    return restore
  }

  close(): void {
    this.#zip?.close()
  }

  /** Returns false for a file that was asked about before. */
  isFirst({ id }: Pick<ExportedFile, 'id'>): boolean {
    if (this.#seen.has(id)) return false
    this.#seen.add(id)
    return true
  }

  async isMissing({ hash }: ExportedFile): Promise<boolean> {
    return !this.#entries.has(hash) && !(await this.#files.has(hash))
  }

  /** A file that cannot be stored is left out, and the rest is imported. */
  restore(file: ExportedFile): Promise<RestoredFile | 'refused'> {
    const chunks = this.#chunksOf(this.#entries.get(file.hash))
    return orRefused(() => this.#files.restore(file, chunks))
  }

  /** Stores a file of another product. */
  async keep({ id, name, source }: AssetLine): Promise<RestoredFile | 'refused'> {
    const entry = 'entry' in source ? this.#byPath.get(source.entry) : undefined
    // As its zip says; what it unpacks to is counted, too.
    if ((entry?.uncompressedSize ?? 0) > MAX_FILE_BYTES) return 'refused'
    if ((await freeBytes(this.#folder)) < MIN_FREE_BYTES + MAX_FILE_BYTES) {
      throw new ImportRefused(diskFull())
    }
    const chunks =
      'entry' in source
        ? this.#chunksOf(entry)
        : inPieces('text' in source ? Buffer.from(source.text) : bytesOfDataUrl(source.dataUrl))
    return orRefused(() => this.#files.keepImported(id, name, chunks))
  }

  /** Null if it is not stored. A text that is too long for a model is named to it. */
  readonly attach = async (fileId: string): Promise<AttachedFiles | null> => {
    try {
      return await this.#files.attach([{ id: fileId, send: 'whole' }])
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const part = await this.#files.partOf(fileId)
      if (part === null) return null
      const content = [{ type: 'input_text', text: fileLabel(part.name) }]
      return { parts: [part], content }
    }
  }

  async #checkSpace(): Promise<void> {
    let needed = 0
    for (const [hash, { uncompressedSize }] of this.#entries) {
      if (!(await this.#files.has(hash))) needed += uncompressedSize
    }
    if (needed === 0 || needed + MIN_FREE_BYTES <= (await freeBytes(this.#folder))) return
    throw new ImportRefused(
      t`The files of this export need ${Math.ceil(needed / GB)} GB, which the disk does not have: free some space.`,
    )
  }

  #chunksOf(entry: Entry | undefined): AsyncIterable<Buffer> | null {
    return this.#zip === null || entry === undefined ? null : unpacked(this.#zip, entry)
  }
}

async function orRefused(store: () => Promise<RestoredFile>): Promise<RestoredFile | 'refused'> {
  try {
    return await store()
  } catch (error) {
    if (error instanceof Problem || error instanceof ImportRefused) return 'refused'
    const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC'
    throw isFull ? new ImportRefused(diskFull()) : error
  }
}
