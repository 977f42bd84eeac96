// Everything as one zip that is written while it is read: folders and prompts, a file per conversation, the ledger
// rows that belong to none, each attached file once by its hash, and a manifest that counts them. Memory stays that
// of one conversation's step.
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { findConversation } from '../conversations/conversation-store.ts'
import { keepLanguage } from '../http/language.ts'
import { FileBytes } from '../files/file-bytes.ts'
import { conversationIdsAfter } from './export-store.ts'
import type { ExportDeps } from './exported-conversation.ts'
import { jsonlParts, ledgerParts, NO_COUNTS, FORMAT_LINE } from './jsonl.ts'
import { markdownParts } from './markdown.ts'
import { listFolders } from '../conversations/folder-store.ts'
import type { Database } from '../db/open.ts'
import { listPrompts } from '../prompts/prompt-store.ts'
import { jsonLine, withEnd } from './json-line.ts'

export interface ZipOptions {
  /** Adds each conversation as Markdown, too. */
  markdown: boolean
  now: () => Date
}

export async function* zipParts(deps: ExportDeps, options: ZipOptions): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile()
  const output = Readable.from(zip.outputStream, { objectMode: false })
  zip.on('error', (error: Error) => output.destroy(error))
  const leaving = new AbortController()
  const filling = fill(zip, deps, options, leaving.signal).catch((error: unknown) => {
    // To destroy `output` would wait for its pending read.
    const { outputStream } = zip
    if (!(outputStream instanceof Readable)) return
    outputStream.destroy(error instanceof Error ? error : new Error(String(error)))
  })
  try {
    for await (const chunk of output) yield chunk
  } finally {
    leaving.abort()
    output.destroy()
    await filling
  }
}

/** One entry after the other: the next is begun when the one before is read. */
async function fill(
  zip: ZipFile,
  deps: ExportDeps,
  { markdown, now }: ZipOptions,
  signal: AbortSignal,
): Promise<void> {
  const { db } = deps
  const bytes = new FileBytes(join(dirname(db.file), 'files'))
  const counts = { ...NO_COUNTS }
  const hashes = new Set<string>()
  const add = async (name: string, chunks: AsyncIterable<Buffer>) => {
    const entry = Readable.from(chunks, { objectMode: false, signal })
    zip.addReadStream(entry, name)
    await finished(entry)
  }
  await add('library.jsonl', encoded(libraryParts(db)))
  let ids: string[] = []
  do {
    ids = await conversationIdsAfter(db, ids.at(-1) ?? '')
    for (const id of ids) {
      const conversation = await findConversation(db, id)
      if (conversation === null) continue
      const exported = { ...deps, conversation }
      const lines = jsonlParts(exported, counts, (hash) => hashes.add(hash))
      await add(`conversations/${id}.jsonl`, encoded(lines))
      if (markdown) await add(`markdown/${id}.md`, encoded(keepLanguage(markdownParts(exported))))
    }
  } while (ids.length > 0)
  await add('ledger.jsonl', encoded(ledgerParts(db, counts)))
  for (const hash of hashes) {
    // Health tells of the missing ones.
    if (!(await bytes.has(hash))) continue
    await add(`files/${hash}`, bytes.read(hash))
    counts.files += 1
  }
  const manifest = { format: 'tally', version: 1, exportedAt: now().toISOString(), counts }
  zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), 'manifest.json')
  zip.end()
}

async function* encoded(parts: AsyncGenerator<string>): AsyncGenerator<Buffer> {
  for await (const part of parts) if (part !== '') yield Buffer.from(part)
}

/**
 * What belongs to no conversation and is worth keeping: the folders with what applies in them, and the
 * prompts, as JSON lines.
 */
function libraryParts(db: Database): AsyncGenerator<string> {
  return withEnd(libraryLines(db))
}

async function* libraryLines(db: Database): AsyncGenerator<string> {
  yield FORMAT_LINE
  for (const { unread: _, spent: __, position: ___, ...folder } of await listFolders(db)) {
    yield jsonLine({ type: 'folder', folder })
  }
  for (const prompt of await listPrompts(db)) yield jsonLine({ type: 'prompt', prompt })
}
