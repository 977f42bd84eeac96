// What a message gets of its files: the parts that people see, and the content that the model is sent. A
// text stands in the content itself; of an image there is only a reference.
import type { SendFile } from '#shared/files.ts'
import type { FilePart } from '#shared/message.ts'
import { pagesIn } from '#shared/page-ranges.ts'
import { language, t } from '#shared/translate.ts'
import { Problem } from '../http/problem.ts'
import { fileReference } from '../upstream/file-reference.ts'
import type { ResultPart } from '../upstream/tool-files.ts'
import type { AttachedFiles } from '../upstream/attached-files.ts'
import type { StoredFile } from './file-store.ts'
import { fileText, imageLabel, pageText, pdfLabel } from './model-texts.ts'

/** The longest text of all files of a message. */
export const MAX_SENT_CHARS = 1_000_000
/** Of images and files that are sent as they are; providers refuse more. */
export const MAX_SENT_BYTES = 20 * 1024 * 1024

export interface ReadText {
  text: string
  tokens: number
}

interface Reader {
  find: (id: string) => Promise<StoredFile>
  /** Throws if the bytes are missing. */
  check: (file: StoredFile) => Promise<void>
  /** Throws if the text is too long to be sent. */
  readText: (file: StoredFile) => Promise<ReadText>
  readPages: (file: StoredFile) => Promise<string[]>
}

export async function attachFiles(asked: SendFile[], reader: Reader): Promise<AttachedFiles> {
  const parts: FilePart[] = []
  const content: object[] = []
  let chars = 0
  let bytes = 0
  for (const { id, send, pages } of asked) {
    const file = await reader.find(id)
    await reader.check(file)
    const isImage = file.type.startsWith('image/')
    if (file.type !== 'application/pdf' && (send === 'original' || pages !== undefined)) {
      throw new Problem('bad_request', t`files: “${file.name}” has no pages and is sent whole.`)
    }
    if (isImage) {
      bytes += file.size
      parts.push(partOf(file))
      content.push(label(imageLabel(file.name)), imageContent(file))
    } else if (send === 'original') {
      bytes += file.size
      parts.push({ ...partOf(file), send, ...pagesOf(file) })
      content.push(label(pdfLabel(file.name)), originalContent(file))
    } else if (file.type === 'application/pdf') {
      const part = await pdfText(file, pages, reader)
      chars += part.text.length
      parts.push({ ...partOf(file), ...part.facts })
      content.push(label(part.text))
    } else {
      const { text, tokens } = await reader.readText(file)
      chars += text.length
      parts.push({ ...partOf(file), tokens })
      content.push(label(fileText(file.name, text)))
    }
  }
  if (chars > MAX_SENT_CHARS) throw tooLong()
  if (bytes > MAX_SENT_BYTES) {
    throw new Problem(
      'file_not_accepted',
      t`The images and original files have more than 20 MB together. Attach fewer.`,
    )
  }
  return { parts, content }
}

export function tooLong(): Problem {
  const limit = MAX_SENT_CHARS.toLocaleString(language())
  return new Problem(
    'file_not_accepted',
    t`The text of the files has more than ${limit} characters. Attach less of it.`,
  )
}

async function pdfText(file: StoredFile, ranges: string | undefined, reader: Reader) {
  const texts = await reader.readPages(file)
  const chosen = pagesIn(ranges ?? `1-${texts.length}`, texts.length)
  if (chosen === null) {
    throw new Problem('bad_request', t`files: “${file.name}” has the pages 1 to ${texts.length}.`)
  }
  const text = chosen.map((page) => pageText(page, texts[page - 1] ?? '')).join('\n\n')
  const tokens = chosen.reduce((sum, page) => sum + (file.pageTokens?.[page - 1] ?? 0), 0)
  const sent = ranges === undefined ? undefined : { pages: ranges.trim(), of: texts.length }
  return {
    text: fileText(file.name, text, sent),
    facts: { tokens, ...pagesOf(file), ...(sent !== undefined && { sentPages: sent.pages }) },
  }
}

function pagesOf({ pages }: StoredFile) {
  return pages === undefined ? {} : { pages }
}

/** Besides its text a provider reads an image of each page. */
const PAGE_IMAGE_TOKENS = 765

export function originalContent({
  type,
  hash,
  name,
  pages = 1,
  pageTokens = [],
}: StoredFile): ResultPart {
  const text = pageTokens.reduce((sum, tokens) => sum + tokens, 0)
  const tokens = Math.min(text + pages * PAGE_IMAGE_TOKENS, MAX_SENT_CHARS)
  return { type: 'input_file', file: fileReference({ type, hash, tokens }), filename: name }
}

export function partOf({ id, name, type, size, ...known }: StoredFile): FilePart {
  const { tokens, width, height } = known
  return {
    type: 'file',
    fileId: id,
    name,
    mediaType: type,
    size,
    ...(tokens !== undefined && { tokens }),
    ...(width !== undefined && height !== undefined && { width, height }),
  }
}

export function imageContent({ type, hash, tokens = 0 }: StoredFile): ResultPart {
  return { type: 'input_image', image: fileReference({ type, hash, tokens }) }
}

function label(text: string): object {
  return { type: 'input_text', text }
}
