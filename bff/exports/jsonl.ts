// Everything that is stored of a conversation, as JSON lines: first the format, then the conversation,
// its files by hash, the messages of all branches, what the model was sent, the runs with their events and what they leave
// behind, and the ledger. The last line says that the file is whole.
import type { ModelCall } from '#shared/ledger.ts'
import type { Database } from '../db/open.ts'
import { filesOf } from '../files/file-store.ts'
import { exportedCalls, exportedItems, messageNumbers, readMessage } from './export-store.ts'
import type { Exported } from './exported-conversation.ts'
import { jsonLine, withEnd } from './json-line.ts'
import {
  exportedCorrections,
  exportedDrops,
  exportedNestedItems,
  exportedRuns,
  exportedSummaries,
  exportedToolOutputs,
  exportedWaits,
} from './run-rows-store.ts'

const VERSION = 1
export const FORMAT_LINE = jsonLine({ type: 'format', format: 'tally', version: VERSION })

/** What a file holds, for the manifest of an export of everything. */
export interface ExportCounts {
  conversations: number
  messages: number
  calls: number
  files: number
}

export const NO_COUNTS: ExportCounts = { conversations: 0, messages: 0, calls: 0, files: 0 }

/** `onFile` is told the hash of each file that a line names. */
export function jsonlParts(
  exported: Exported,
  counts?: ExportCounts,
  onFile?: (hash: string) => void,
): AsyncGenerator<string> {
  return withEnd(conversationParts(exported, counts, onFile))
}

/** The ledger rows of no conversation, or of one that is deleted. */
export function ledgerParts(db: Database, counts: ExportCounts): AsyncGenerator<string> {
  return withEnd(looseCallParts(db, counts))
}

async function* conversationParts(
  exported: Exported,
  counts: ExportCounts = { ...NO_COUNTS },
  onFile: (hash: string) => void = () => {},
): AsyncGenerator<string> {
  const { db, conversation } = exported
  const { activeRunId: _, ...stored } = conversation
  yield FORMAT_LINE
  yield jsonLine({ type: 'conversation', conversation: stored })
  counts.conversations += 1
  for (const { id, hash, name, type: mediaType, size } of await filesOf(db, conversation.id)) {
    onFile(hash)
    yield jsonLine({ type: 'file', id, hash, name, mediaType, size })
  }
  for (const number of await messageNumbers(db, conversation.id)) {
    const text = await messageLine(exported, number)
    if (text === null) continue
    counts.messages += 1
    yield text
  }
  for await (const items of exportedItems(db, conversation.id)) {
    yield items
      .map(({ seq, messageId, item, isDamaged }) =>
        jsonLine(
          { type: 'item', messageId, seq, ...(isDamaged && { damaged: true }) },
          'item',
          item,
        ),
      )
      .join('')
  }
  for (const run of await exportedRuns(db, conversation.id)) {
    yield jsonLine({ type: 'run', ...run })
    yield* runParts(exported, String(run['id']))
  }
  yield await rowLines('wait', exportedWaits(db, conversation.id))
  yield await rowLines('summary', exportedSummaries(db, conversation.id))
  yield await rowLines('drop', exportedDrops(db, conversation.id))
  yield* callParts(db, exportedCalls(db, conversation.id), counts)
}

async function* runParts({ db, log }: Exported, runId: string): AsyncGenerator<string> {
  let after = 0
  for (;;) {
    const events = await log.read(runId, after)
    const last = events.at(-1)
    if (last === undefined) break
    yield events
      .map(({ seq, type: event, data }) =>
        jsonLine({ type: 'event', runId, seq, event }, 'data', data),
      )
      .join('')
    after = last.seq
  }
  for await (const row of exportedNestedItems(db, runId)) {
    yield jsonLine({ type: 'nested_item', ...row })
  }
  for await (const row of exportedToolOutputs(db, runId)) {
    yield jsonLine({ type: 'tool_output', ...row })
  }
}

async function rowLines(type: string, rows: Promise<Record<string, unknown>[]>): Promise<string> {
  return (await rows).map((row) => jsonLine({ type, ...row })).join('')
}

async function* callParts(
  db: Database,
  portions: AsyncIterable<ModelCall[]>,
  counts: ExportCounts,
): AsyncGenerator<string> {
  for await (const calls of portions) {
    counts.calls += calls.length
    yield calls.map((call) => jsonLine({ type: 'call', call })).join('')
    const corrected = calls.filter(({ corrections }) => corrections !== undefined)
    const ids = corrected.map(({ id }) => id)
    if (ids.length > 0) yield await rowLines('correction', exportedCorrections(db, ids))
  }
}

async function* looseCallParts(db: Database, counts: ExportCounts): AsyncGenerator<string> {
  yield FORMAT_LINE
  yield* callParts(db, exportedCalls(db, null), counts)
}

async function messageLine({ db, live }: Exported, number: number): Promise<string | null> {
  const read = await readMessage(db, live, number)
  if (read === null) return null
  const { parts: _, siblingIds: __, lastSeq: ___, damaged: ____, ...message } = read.message
  const fields = { type: 'message', ...message, ...(read.isDamaged && { damaged: true }) }
  return jsonLine(fields, 'parts', read.parts)
}
