// An export can come from anyone. What it tells the model in the name of a message must stand in that
// message on the page too: otherwise the next answer obeys words that nobody has seen.
import { TOO_LARGE } from '../files/keep-tool-files.ts'
import { fileLabel, imageLabel, pdfLabel } from '../files/model-texts.ts'
import type { FilePart, MessagePart } from '#shared/message.ts'
import { messageText } from '#shared/message-text.ts'
import { readReference } from '../upstream/file-reference.ts'
import { blockedMessage, userItem, withheldAnswer } from '../upstream/items.ts'
import type { Item } from '../upstream/types.ts'
import { isObject } from './json-fields.ts'

type Role = 'user' | 'assistant'

/**
 * Returns the items of a message, or those of its text if one of them says what it does not show.
 * `hashOf`: of a file of the export; undefined if it does not name the file, whose bytes then are not there.
 */
export function shownItems(
  role: Role,
  parts: MessagePart[],
  items: Item[],
  hashOf: (fileId: string) => string | undefined = () => undefined,
): Item[] {
  const texts = parts.flatMap(textsOf)
  const said = role === 'user' ? texts : parts.flatMap(steered)
  const all = [...texts, ...parts.flatMap(standIns)]
  const [shownOfUser, shown] = [packed(said), packed(all)]
  const files = parts.flatMap(filesIn)
  const hashes = files.map(({ fileId }) => hashOf(fileId))
  const isHidden = (item: Item) => hashesIn(item).some((hash) => !hashes.includes(hash))
  const isSound = (item: Item): boolean => {
    if (isHidden(item)) return false
    if (item['role'] === 'user')
      return item['type'] === 'message' && saysOnly(item, shownOfUser, files)
    return role === 'assistant' && isOfAnswer(item) && saysOnly(item, shown, files)
  }
  return items.every(isSound) ? items : itemsOfText(role, messageText({ parts }))
}

/** What the model gets of a message of which only the text is known. */
export function itemsOfText(role: Role, text: string): Item[] {
  if (text === '') return []
  if (role === 'user') return [userItem(text)]
  const content = [{ type: 'output_text', text }]
  return [{ type: 'message', role, status: 'completed', content }]
}

const TYPES_OF_ANSWERS: readonly unknown[] = ['reasoning', 'function_call', 'function_call_result']

function isOfAnswer({ type, role }: Item): boolean {
  return type === 'message' ? role === 'assistant' : TYPES_OF_ANSWERS.includes(type)
}

function saysOnly(item: Item, shown: string, files: FilePart[]): boolean {
  return leaves(item).every(
    ({ key, text }) =>
      isTechnical(key, text) ||
      shown.includes(packed([text])) ||
      files.some((file) => isOfFile(text, file)),
  )
}

const NAMES = new Set(['type', 'role', 'status', 'id', 'callId', 'name', 'blockedBy', 'filename'])
/** Only the provider that wrote it can read it. */
const SEALED = new Set(['encrypted_content', 'encryptedContent'])

function isTechnical(key: string, text: string): boolean {
  return SEALED.has(key) || readReference(text) !== null || (NAMES.has(key) && text.length <= 200)
}

/** What was read from a file can be compared with the file, which the page offers. Of a picture it names no more than the page. */
function isOfFile(text: string, { name, width, height, alt = '' }: FilePart): boolean {
  if (text.startsWith(fileLabel(name))) return true
  const named = [
    pdfLabel(name),
    imageLabel(name),
    `${imageLabel(name)}, ${width} × ${height} pixels.`,
  ]
  return named.some((label) =>
    [label, `${label} ${alt}`, `${label} ${TOO_LARGE}`, `${label} ${alt} ${TOO_LARGE}`].includes(
      text,
    ),
  )
}

function hashesIn(item: Item): string[] {
  return leaves(item).flatMap(({ text }) => readReference(text)?.hash ?? [])
}

function filesIn(part: MessagePart): FilePart[] {
  if (part.type === 'tool_call') return part.files ?? []
  return part.type === 'file' ? [part] : []
}

function textsOf(part: MessagePart): string[] {
  if (part.type === 'file') return [part.name]
  if (part.type === 'output') return [JSON.stringify(part.value)]
  if (part.type !== 'tool_call') return [part.text]
  return [part.name, part.arguments, part.output ?? '']
}

function steered(part: MessagePart): string[] {
  return part.type === 'notice' && part.kind === 'steer' ? [part.text] : []
}

/** What Tally itself puts in place of what a guardrail has taken. */
function standIns(part: MessagePart): string[] {
  if (part.type !== 'notice' || part.kind !== 'guardrail') return []
  const items = [withheldAnswer(part.name), blockedMessage(part.name)]
  return items.flatMap((item) => leaves(item)).map(({ text }) => text)
}

/** JSON is shown indented, and the texts of an item are joined by line breaks. */
function packed(texts: string[]): string {
  return texts.join('').replaceAll(/\s+/g, '')
}

interface Leaf {
  key: string
  text: string
}

/** The texts inside a value. No recursion: it may be nested as deeply as its file allows. */
function leaves(item: Item): Leaf[] {
  const found: Leaf[] = []
  const left: [key: string, value: unknown][] = Object.entries(item)
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [key, value] = next
    if (typeof value === 'string') found.push({ key, text: value })
    else if (Array.isArray(value)) for (const each of value) left.push([key, each])
    else if (isObject(value)) for (const entry of Object.entries(value)) left.push(entry)
  }
  return found
}
