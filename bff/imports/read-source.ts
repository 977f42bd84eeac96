// Reads the conversations of an upload one after the other. Runs in the reading thread.
import { NO_CALLS } from '#shared/add-totals.ts'
import type { ImportSource, LeftOutReason } from '#shared/imports.ts'
import { messageText } from '#shared/message-text.ts'
import { CONVERTERS, detectProduct } from './detect-product.ts'
import { ImportRefused } from './import-refused.ts'
import { AssetEntries, type AssetLine, Assets } from './imported-asset.ts'
import type { ImportedConversation, ImportedMessage } from './imported-conversation.ts'
import { openSource } from './open-source.ts'
import { isObject } from './json-fields.ts'
import type { Read, ReadJob, ReadMessage } from './read-messages.ts'
import { itemsOfText } from './shown-items.ts'
import { splitJson } from './split-json.ts'
import { TallyLines } from './tally-lines.ts'
import { t } from '#shared/translate.ts'

/** Null for a conversation that no converter can read. One must not end the import of the others. */
function convert(source: Exclude<ImportSource, 'tally'>, parsed: object, assets: Assets) {
  try {
    return CONVERTERS[source](parsed, assets)
  } catch {
    return null
  }
}

const MAX_PORTION_CHARS = 200_000
const MAX_PORTION_MESSAGES = 20

/** Read again when an import goes on after a restart. */
const OF_NO_CONVERSATION = new Set<Read['type']>(['left_out', 'folder', 'prompt'])

const unknown = () =>
  t`This is no export that Tally knows. Choose the zip or the JSON of ChatGPT, Claude, Open WebUI, LibreChat or Tally.`

export async function* readSource({ path, isPreview, skip }: ReadJob): AsyncGenerator<Read> {
  const { files, paths, close } = await openSource(path)
  const entries = new AssetEntries(paths)
  let source: ImportSource | null = null
  let number = 0
  const lines = new TallyLines()
  try {
    for (const file of files) {
      for await (const value of splitJson(await file.chunks())) {
        if ('skipped' in value) {
          yield { type: 'left_out', reason: value.skipped, count: 1 }
          continue
        }
        const parsed = parse(value.text)
        const detected = detectProduct(parsed)
        if (source === null && detected !== null) {
          source = detected
          yield { type: 'source', source }
        }
        if (source === 'tally') {
          for (const read of isObject(parsed)
            ? lines.add(parsed, value.text.length, isPreview)
            : []) {
            if (read.type === 'conversation') number += 1
            if (number > skip || OF_NO_CONVERSATION.has(read.type)) yield read
          }
          continue
        }
        const assets = new Assets(entries)
        const converted = source === null ? null : convert(source, parsed ?? {}, assets)
        if (converted === null) {
          yield { type: 'left_out', reason: 'unreadable', count: 1 }
          continue
        }
        number += 1
        if (number > skip) yield* conversationReads(converted, assets.lines, isPreview)
      }
      for (const read of lines.cutOff(isPreview)) yield read
    }
  } finally {
    close()
  }
  if (source === null) throw new ImportRefused(unknown())
}

function parse(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}

function* conversationReads(
  { messages, leftOut, ...conversation }: ImportedConversation,
  assets: AssetLine[],
  isPreview: boolean,
): Generator<Read> {
  for (const [reason, all] of Map.groupBy(leftOut, (each) => each)) {
    yield leftOutOf(reason, all.length)
  }
  if (messages.length === 0) return yield leftOutOf('no_messages', 1)
  const counts = { messages: messages.length, calls: 0, totals: NO_CALLS }
  yield { type: 'conversation', conversation: { ...conversation, ...counts } }
  for (const asset of assets) {
    // The preview only counts them.
    yield { type: 'asset', asset: isPreview ? { ...asset, source: { text: '' } } : asset }
  }
  if (!isPreview) yield* portions(messages)
  yield { type: 'conversation_end' }
}

function leftOutOf(reason: LeftOutReason, count: number): Read {
  return { type: 'left_out', reason, count }
}

function* portions(messages: ImportedMessage[]): Generator<Read> {
  let portion: ReadMessage[] = []
  let chars = 0
  for (const message of messages) {
    const read = toRead(message)
    portion.push(read)
    chars += read.parts.length
    if (chars < MAX_PORTION_CHARS && portion.length < MAX_PORTION_MESSAGES) continue
    yield { type: 'messages', messages: portion }
    portion = []
    chars = 0
  }
  if (portion.length > 0) yield { type: 'messages', messages: portion }
}

/** The model gets the text. Tools of another product mean nothing here. */
function toRead({ parts, ...message }: ImportedMessage): ReadMessage {
  const items = itemsOfText(message.role, messageText({ parts }))
  return {
    ...message,
    parts: JSON.stringify(parts),
    items: items.map((item) => JSON.stringify(item)),
    hasFiles: parts.some(({ type }) => type === 'file'),
  }
}
