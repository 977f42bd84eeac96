// How an item refers to a file whose bytes are on the disk. The reference has the form of a data URL, so that
// the SDK passes it on to either API; the bytes take its place only while the request is written.
import { recordAt, textAt } from './record.ts'
import type { Item } from './types.ts'

export interface FileReference {
  /** The content type. */
  type: string
  hash: string
  /** Estimated: no provider tells what one file of a request takes. */
  tokens: number
}

/** Writes the data URL of a file, a piece at a time. */
export type WriteFile = (file: FileReference) => AsyncIterable<string> | Iterable<string>

/** The bytes are not there any more. */
export class FileMissing extends Error {}

/** More than a request may carry. */
export class FilesTooLarge extends Error {}

export function fileReference({ type, hash, tokens }: FileReference): string {
  return `data:${type};tally-file=${hash};tokens=${tokens},`
}

const REFERENCE = /^data:([a-z]+\/[a-z]+);tally-file=([\da-f]{64});tokens=(\d+),$/

export function readReference(url: string): FileReference | null {
  const [, type, hash, tokens] = REFERENCE.exec(url) ?? []
  return type === undefined || hash === undefined ? null : { type, hash, tokens: Number(tokens) }
}

/** Returns the references in the content of an item. */
export function referencesIn(content: unknown): FileReference[] {
  if (!Array.isArray(content)) return []
  return content.flatMap((part) => readReference(fileUrlIn(part)) ?? [])
}

/** The SDK puts the address of a file with a name into an object. */
export function fileUrlIn(part: unknown): string {
  return textAt(part, 'image') || textAt(part, 'file') || textAt(recordAt(part, 'file'), 'url')
}

export function hasFiles(item: Item): boolean {
  return referencesIn(item['content'] ?? item['output']).length > 0
}

/** A text that has as many tokens as the file, where texts are counted. */
export function countedAs({ type, tokens }: FileReference): string {
  return `[${type}]${' x'.repeat(tokens)}`
}

/** The text without what is only counted. */
export function withoutCounted(text: string): string {
  return text.replaceAll(/(\[[a-z]+\/[a-z]+\])(?: x)+/g, '$1')
}

const MARK = ';tally-file='
/** Inside of a JSON text the quotes would be escaped, so that no message can name a file. */
const WRITTEN =
  /"(?:image_url|url|file_data)":"(data:[a-z]+\/[a-z]+;tally-file=[\da-f]{64};tokens=\d+,)"/g

/** Writes JSON with the files in place of their references. */
export async function* withFiles(json: string, write: WriteFile): AsyncGenerator<string> {
  if (!json.includes(MARK)) {
    yield json
    return
  }
  let from = 0
  for (const { 0: found, 1: url = '', index } of json.matchAll(WRITTEN)) {
    const file = readReference(url)
    if (file === null) continue
    const end = index + found.length - 1
    yield json.slice(from, end - url.length)
    yield* write(file)
    from = end
  }
  yield json.slice(from)
}

/** Writes no file: for requests that are only counted. */
export const refuseFiles: WriteFile = () => {
  throw new FileMissing()
}

/** For a model inside of this process, which reads no files. */
export const keepReferences: WriteFile = (file) => [fileReference(file)]
