// Writes the conversations of a file in short transactions. The progress is stored with the conversation
// that it counts, so that an import goes on behind it after a restart.
import type { ImportJob, ImportReport, LeftOutReason } from '#shared/imports.ts'
import type { Database, Writing } from '../db/open.ts'
import { countLeftOut, ofConversations } from './count-left-out.ts'
import { changeImport, changeProgress } from './import-store.ts'
import type { AssetLine } from './imported-asset.ts'
import { withStoredFiles } from './stored-files.ts'
import type { FileLine, Read, ReadMessage, ReadConversation } from './read-messages.ts'
import type { FileRestore } from './restore-files.ts'
import { linkFile } from '../files/file-store.ts'
import { addPrompts } from '../prompts/prompt-store.ts'
import { idAt, objectAt } from './json-fields.ts'
import { restoreFolder } from './restore-folder-store.ts'
import { closeOwn, openOwn, writeLines } from './write-tally-store.ts'
import {
  closeConversation,
  type OpenConversation,
  openConversation,
  writeMessages,
} from './write-store.ts'

const MAX_ITEMS = 50
const NOTHING: ImportReport = {
  conversations: 0,
  extended: 0,
  unchanged: 0,
  messages: 0,
  calls: 0,
  files: 0,
  prompts: 0,
  leftOut: [],
  items: [],
}

export interface WriteParts {
  db: Database
  files: FileRestore
  agent: string
  /** The agent, or the one that stands in for it. */
  agentOf: (name: string) => string
  /** The title of conversations without one. */
  untitled: string
  /** Told about each conversation that is done. */
  onReport: (progress: number, report: ImportReport) => void
}

export async function writeImport(
  { db, files, agent, agentOf, untitled, onReport }: WriteParts,
  job: ImportJob,
  portions: AsyncIterable<Read[]>,
): Promise<void> {
  let { progress } = job
  let report = job.report ?? NOTHING
  report = { ...report, leftOut: ofConversations(report.leftOut) }
  let open: OpenConversation | null = null
  let conversation: ReadConversation | null = null

  /**
   * One read of a portion, in the transaction that also stores what it changes of the import. Returns false if
   * the same call has to be made again.
   */
  const write = async (trx: Writing, read: Read): Promise<boolean> => {
    if (read.type === 'conversation') {
      const isOwn = read.conversation.externalId.startsWith('tally')
      const opened = isOwn
        ? await openOwn(trx, read.conversation)
        : await openConversation(trx, read.conversation, { agent, untitled })
      if (opened === 'more') return false
      conversation = read.conversation
      open = opened
      if (open === null) {
        progress += 1
        report = { ...report, leftOut: countLeftOut(report.leftOut, 'taken_ids', 1) }
      }
    } else if (read.type === 'file' && open !== null) {
      await linkFile(trx, open.id, read.file.id)
    } else if (read.type === 'lines' && open !== null) {
      const written = await writeLines(trx, open, read.lines, agentOf)
      open.added += written.messages
      const messages = report.messages + written.messages
      report = { ...report, messages, calls: report.calls + written.calls }
    } else if (read.type === 'messages' && open !== null) {
      const added = await writeMessages(trx, open, read.messages)
      open.added += added
      report = { ...report, messages: report.messages + added }
    } else if (read.type === 'conversation_end' && open !== null && conversation !== null) {
      const isOwn = conversation.externalId.startsWith('tally')
      await (isOwn ? closeOwn : closeConversation)(trx, open, conversation)
      progress += 1
      if (open.id !== '') report = withConversation(report, open)
      open = null
    } else if (read.type === 'folder') {
      const folder = objectAt(read.fields, 'folder')
      await restoreFolder(trx, folder, idAt(folder, 'id'), new Date().toISOString())
    } else if (read.type === 'prompt') {
      const { added, refused } = await addPrompts(trx, [read.prompt], new Date().toISOString())
      report = withPrompts(report, added, refused.length)
    } else if (read.type === 'left_out') {
      report = { ...report, leftOut: countLeftOut(report.leftOut, read.reason, read.count) }
    }
    return true
  }

  for await (const reads of portions) {
    for (const read of reads) {
      if (read.type === 'file') report = withFile(report, await restoreFile(files, read.file))
      if (read.type === 'asset') report = withFile(report, await keepAsset(files, read.asset))
      if (read.type === 'messages') await fillFiles(read.messages, files)
    }
    const waiting = reads.flatMap(inPieces).toReversed()
    while (waiting.length > 0) {
      await db.transaction(async (trx) => {
        const start = performance.now()
        for (let read = waiting.pop(); read !== undefined; read = waiting.pop()) {
          if (!(await write(trx, read))) waiting.push(read)
          if (performance.now() - start > MAX_WRITE_MS) break
        }
        await changeProgress(trx, job.id, progress, report)
      })
      onReport(progress, report)
    }
  }
  await db.transaction((trx) =>
    changeImport(trx, job.id, 'importing', { state: 'done', progress, report }),
  )
}

type FileOutcome = Awaited<ReturnType<FileRestore['restore']>>

/** Its bytes are stored before the transaction in which messages use it. */
async function restoreFile(files: FileRestore, file: FileLine): Promise<FileOutcome> {
  return files.isFirst(file) ? files.restore(file) : 'known'
}

async function keepAsset(files: FileRestore, asset: AssetLine): Promise<FileOutcome> {
  return files.isFirst(asset) ? files.keep(asset) : 'known'
}

async function fillFiles(messages: ReadMessage[], files: FileRestore): Promise<void> {
  for (const [index, message] of messages.entries()) {
    messages[index] = await withStoredFiles(message, files.attach)
  }
}

const LEFT_OUT: Partial<Record<FileOutcome, LeftOutReason>> = {
  missing: 'missing_files',
  refused: 'damaged_files',
  taken: 'taken_ids',
}

function withFile(report: ImportReport, outcome: FileOutcome): ImportReport {
  const reason = LEFT_OUT[outcome]
  if (reason !== undefined) {
    return { ...report, leftOut: countLeftOut(report.leftOut, reason, 1) }
  }
  return outcome === 'restored' ? { ...report, files: report.files + 1 } : report
}

function withPrompts(report: ImportReport, added: number, refused: number): ImportReport {
  const prompts = report.prompts + added
  if (refused === 0) return { ...report, prompts }
  return { ...report, prompts, leftOut: countLeftOut(report.leftOut, 'refused_prompts', refused) }
}

/** A transaction takes one turn of the event loop, with its commit. Small conversations share one. */
const MAX_WRITE_MS = 2
const PIECE = 4

/** What a portion holds, in pieces that are written in about a millisecond. */
function inPieces(read: Read): Read[] {
  if (read.type === 'messages') {
    return chunked(read.messages).map((messages) => ({ type: 'messages', messages }))
  }
  if (read.type === 'lines') return chunked(read.lines).map((lines) => ({ type: 'lines', lines }))
  return [read]
}

function chunked<Of>(all: Of[]): Of[][] {
  return Array.from({ length: Math.ceil(all.length / PIECE) }, (_, index) =>
    all.slice(index * PIECE, (index + 1) * PIECE),
  )
}

function withConversation(report: ImportReport, open: OpenConversation): ImportReport {
  const { id, title, isNew, added } = open
  const isChanged = isNew || added > 0
  const isListed = isChanged && report.items.length < MAX_ITEMS
  return {
    ...report,
    conversations: report.conversations + (isNew ? 1 : 0),
    extended: report.extended + (!isNew && added > 0 ? 1 : 0),
    unchanged: report.unchanged + (isChanged ? 0 : 1),
    items: isListed ? [...report.items, { id, title }] : report.items,
  }
}
