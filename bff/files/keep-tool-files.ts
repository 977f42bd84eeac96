// Keeps the files that a tool returns, like uploads, and says what the model gets of each. Whatever cannot
// be kept or sent is named in a sentence: what the tool did stays done.
import type { FilePart } from '#shared/message.ts'
import { Problem } from '../http/problem.ts'
import type { KeptFiles, ResultPart, ToolFile } from '../upstream/tool-files.ts'
import { imageContent, MAX_SENT_BYTES, originalContent, partOf } from './attach-files.ts'
import { TypeDetector } from './detect-type.ts'
import { cleanFileName } from './file-name.ts'
import type { StoredFile } from './file-store.ts'
import { fenced, fileLabel, imageLabel, pageText } from './model-texts.ts'

/** What one call may return. */
export const MAX_TOOL_FILES = 8
/** The text of all files of a result, as much as a result itself may have. */
export const MAX_TOOL_TEXT_CHARS = 32_000
const MAX_ALT_CHARS = 500

interface Keeper {
  /** Throws the problem that says why it is not kept. */
  store: (name: string, bytes: Uint8Array) => Promise<StoredFile>
  readPages: (file: StoredFile) => Promise<string[]>
}

export async function keepToolFiles(
  files: readonly ToolFile[],
  keeper: Keeper,
): Promise<KeptFiles> {
  const remaining = { chars: MAX_TOOL_TEXT_CHARS, bytes: MAX_SENT_BYTES }
  const kept: KeptFiles = { parts: [], content: [], notes: [] }
  for (const file of files.slice(0, MAX_TOOL_FILES)) {
    try {
      const { part, content } = await keepOne(file, remaining, keeper)
      kept.parts.push(part)
      kept.content.push(...content)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      kept.notes.push(`“${cleanFileName(file.name)}” was not kept. ${error.message}`)
    }
  }
  if (files.length > MAX_TOOL_FILES) {
    const more = files.length - MAX_TOOL_FILES
    const were = more === 1 ? 'file was' : 'files were'
    kept.notes.push(`${more} more ${were} not kept: a call may return ${MAX_TOOL_FILES}.`)
  }
  return kept
}

/** What may still be sent of the files of one result. */
interface Remaining {
  chars: number
  bytes: number
}

interface Kept {
  part: FilePart
  content: ResultPart[]
}

async function keepOne(file: ToolFile, remaining: Remaining, keeper: Keeper): Promise<Kept> {
  const bytes = typeof file.content === 'string' ? Buffer.from(file.content) : file.content
  if (!beginsAccepted(bytes)) throw new Problem('file_not_accepted', NOT_ACCEPTED)
  const stored = await keeper.store(cleanFileName(file.name), bytes)
  const alt = file.alt?.trim().slice(0, MAX_ALT_CHARS) ?? ''
  const part = { ...partOf(stored), ...(alt !== '' && { alt }) }
  const { tokens: _, ...unsent } = part
  const { name, type, size, width, height } = stored
  const isImage = type.startsWith('image/')
  const kind = isImage ? `${imageLabel(name)}, ${width} × ${height} pixels.` : fileLabel(name)
  const label = said(alt === '' ? kind : `${kind} ${alt}`)
  if (file.send === 'name') return { part: unsent, content: [label] }
  if (isImage || (type === 'application/pdf' && file.send === 'original')) {
    if (size > remaining.bytes)
      return { part: unsent, content: [said(`${label.text} ${TOO_LARGE}`)] }
    remaining.bytes -= size
    const content = isImage ? imageContent(stored) : originalContent(stored)
    return { part: isImage ? part : { ...part, send: 'original' }, content: [label, content] }
  }
  const whole = await textOf(stored, bytes, keeper)
  const text = whole.slice(0, remaining.chars)
  remaining.chars -= text.length
  const shown = text === '' && whole !== '' ? label.text : `${label.text}\n${fenced(text)}`
  if (text.length === whole.length) return { part, content: [said(shown)] }
  const tokens = Math.ceil(text.length / CHARS_PER_TOKEN)
  return { part: { ...unsent, tokens }, content: [said(`${shown}\n${NOT_WHOLE}`)] }
}

const NOT_WHOLE = '[The rest was left out. The person has the whole file.]'
/** Of a text that is cut, its tokens are estimated. */
const CHARS_PER_TOKEN = 4

const NOT_ACCEPTED =
  'It is not a PNG, JPEG, GIF or WebP image, a PDF, or a text in UTF-8, such as code or CSV.'
/** Behind the name of a picture. */
export const TOO_LARGE = '[It is too large to be sent. The person sees it.]'

const HEAD_BYTES = 65_536

/** Of a longer file the rest is checked while it is stored. */
function beginsAccepted(bytes: Uint8Array): boolean {
  const detector = new TypeDetector()
  if (!detector.read(bytes.subarray(0, HEAD_BYTES))) return false
  return bytes.length === 0 || bytes.length > HEAD_BYTES || detector.type() !== null
}

const MAX_CHAR_BYTES = 4

/** Returns no more of a text than may be sent, and a little. */
async function textOf(file: StoredFile, bytes: Uint8Array, { readPages }: Keeper): Promise<string> {
  if (file.type !== 'application/pdf') {
    const head = bytes.subarray(0, (MAX_TOOL_TEXT_CHARS + 1) * MAX_CHAR_BYTES)
    return new TextDecoder().decode(head)
  }
  const pages = await readPages(file)
  return pages.map((page, index) => pageText(index + 1, page)).join('\n\n')
}

function said(text: string): ResultPart & { type: 'input_text' } {
  return { type: 'input_text', text }
}
