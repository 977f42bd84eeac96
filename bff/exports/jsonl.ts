// Everything that is stored of a conversation, as JSON lines: first the format, then the conversation,
// the messages of all branches, what the model was sent, the events of the runs, and the ledger.
import {
  exportedCalls,
  exportedItems,
  messageNumbers,
  readMessage,
  runIds,
} from './export-store.ts'
import type { Exported } from './exported-conversation.ts'

const VERSION = 1

export async function* jsonlParts(exported: Exported): AsyncGenerator<string> {
  const { db, conversation, log } = exported
  const { activeRunId: _, ...stored } = conversation
  yield line({ type: 'format', format: 'tally', version: VERSION })
  yield line({ type: 'conversation', conversation: stored })
  for (const number of await messageNumbers(db, conversation.id)) {
    const text = await messageLine(exported, number)
    if (text !== null) yield text
  }
  for await (const items of exportedItems(db, conversation.id)) {
    yield items
      .map(({ seq, messageId, item, isDamaged }) =>
        line({ type: 'item', messageId, seq, ...(isDamaged && { damaged: true }) }, 'item', item),
      )
      .join('')
  }
  for (const runId of await runIds(db, conversation.id)) {
    let after = 0
    for (;;) {
      const events = await log.read(runId, after)
      const last = events.at(-1)
      if (last === undefined) break
      yield events
        .map(({ seq, type: event, data }) =>
          line({ type: 'event', runId, seq, event }, 'data', data),
        )
        .join('')
      after = last.seq
    }
  }
  for await (const calls of exportedCalls(db, conversation.id)) {
    yield calls.map((call) => line({ type: 'call', call })).join('')
  }
}

async function messageLine({ db, live }: Exported, number: number): Promise<string | null> {
  const read = await readMessage(db, live, number)
  if (read === null) return null
  const { parts: _, siblingIds: __, lastSeq: ___, damaged: ____, ...message } = read.message
  const fields = { type: 'message', ...message, ...(read.isDamaged && { damaged: true }) }
  return line(fields, 'parts', read.parts)
}

/** `json` becomes the last field. Null takes its place if it is damaged beyond reading. */
function line(fields: object, name?: string, json?: string): string {
  const start = JSON.stringify(fields)
  if (json === undefined) return `${start}\n`
  return `${start.slice(0, -1)},${JSON.stringify(name)}:${oneLine(json)}}\n`
}

/** What is stored has no line breaks; what another program wrote there may. */
function oneLine(json: string): string {
  try {
    const value: unknown = JSON.parse(json)
    return json.includes('\n') || json.includes('\r') ? JSON.stringify(value) : json
  } catch {
    return 'null'
  }
}
