// Opens the uploaded file: a zip, of which the entries that hold conversations are read one after the
// other, or JSON. The name of an entry chooses it and goes no further.
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { openPromise, type Entry, type ZipFile } from 'yauzl'
import { ImportRefused } from './import-refused.ts'
import { t } from '#shared/translate.ts'

export interface SourceFile {
  /** The last part of its path. */
  name: string
  chunks: () => Promise<AsyncIterable<Buffer>>
}

export interface OpenedSource {
  files: SourceFile[]
  /** Of all entries of a zip, only to be compared. */
  paths: string[]
  close: () => void
}

const MAX_ENTRIES = 500_000
const MAX_ENTRY_BYTES = 16 * 1024 ** 3
/** JSON shrinks to a twentieth at best, except where someone means it. */
const MAX_RATIO = 200
const SMALL_BYTES = 10 * 1024 * 1024

export async function openSource(path: string): Promise<OpenedSource> {
  if (await isZip(path)) return openZip(path)
  const chunks = async () => createReadStream(path) as AsyncIterable<Buffer>
  return { files: [{ name: '', chunks }], paths: [], close: () => {} }
}

export async function isZip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.toString('latin1', 0, 2) === 'PK'
  } finally {
    await file.close()
  }
}

interface NamedEntry {
  /** Only compared, and never used on the disk. */
  path: string
  entry: Entry
}

export async function openEntries(path: string): Promise<{ zip: ZipFile; entries: NamedEntry[] }> {
  try {
    // Names stay bytes: one that leads out of its folder would end the reading.
    const zip = await openPromise(path, { autoClose: false, decodeStrings: false })
    if (zip.entryCount > MAX_ENTRIES) throw new ImportRefused(t`The zip has too many entries.`)
    const entries: NamedEntry[] = []
    for await (const entry of zip.eachEntry()) {
      entries.push({ path: entry.fileNameRaw.toString(), entry })
    }
    return { zip, entries }
  } catch (error) {
    if (error instanceof ImportRefused) throw error
    throw new ImportRefused(damaged())
  }
}

async function openZip(path: string): Promise<OpenedSource> {
  const { zip, entries } = await openEntries(path)
  const named = entries.map(({ path: name, entry }) => ({ name: lastPart(name), entry }))
  const files = chosen(named.filter(({ name }) => /\.jsonl?$/.test(name))).map(
    ({ name, entry }) => ({
      name,
      chunks: async () => {
        checkEntry(entry)
        return unpacked(zip, entry)
      },
    }),
  )
  return { files, paths: entries.map(({ path: name }) => name), close: () => zip.close() }
}

const damaged = () => t`The zip is damaged or incomplete. Download the export again.`

export async function* unpacked(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  try {
    yield* (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>
  } catch {
    throw new ImportRefused(damaged())
  }
}

function lastPart(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? ''
}

/** The conversations where they have their usual name, in their order, or else every JSON file.
 * Folders come before the conversations in them. */
function chosen<Of extends { name: string }>(entries: Of[]): Of[] {
  const usual = entries.filter(({ name }) => /^conversations(?:-\d+)?\.json$/.test(name))
  const lines = entries.filter(({ name }) => name.endsWith('.jsonl'))
  const first = usual.length > 0 ? usual : lines.length > 0 ? lines : entries
  const isLibrary = ({ name }: Of) => name === 'library.jsonl'
  return [
    ...first.filter(isLibrary),
    ...first
      .filter((entry) => !isLibrary(entry))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true })),
  ]
}

function checkEntry(entry: Entry): void {
  const { compressedSize, uncompressedSize } = entry
  if (entry.isEncrypted()) {
    throw new ImportRefused(t`The zip has a password. Unpack it and choose conversations.json.`)
  }
  const isBomb = uncompressedSize > SMALL_BYTES && uncompressedSize > compressedSize * MAX_RATIO
  if (isBomb || uncompressedSize > MAX_ENTRY_BYTES) {
    throw new ImportRefused(t`The zip unpacks to far more than an export does, so it is not read.`)
  }
}
