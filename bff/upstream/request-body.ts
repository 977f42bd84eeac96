// The body of a request as it goes over the wire, written a piece at a time: one `JSON.stringify` of a
// long conversation would hold up everyone else.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import {
  type FileReference,
  FilesTooLarge,
  refuseFiles,
  withFiles,
  type WriteFile,
} from './file-reference.ts'

/** So much takes a few milliseconds. */
const MAX_PIECE_CHARS = 50_000

const encoder = new TextEncoder()

/** Base64 of 20 MB: more is refused by most providers. */
const MAX_FILE_CHARS = 28_000_000

export async function encodeBody(
  body: object,
  write: WriteFile = refuseFiles,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = []
  let text = ''
  for await (const part of withLimitedFiles(body, write)) {
    text += part
    if (text.length < MAX_PIECE_CHARS) continue
    pieces.push(encoder.encode(text))
    text = ''
    await yieldToEventLoop()
  }
  pieces.push(encoder.encode(text))
  return joined(pieces)
}

async function* withLimitedFiles(body: object, write: WriteFile): AsyncGenerator<string> {
  let chars = 0
  async function* limited(file: FileReference): AsyncGenerator<string> {
    for await (const piece of write(file)) {
      chars += piece.length
      if (chars > MAX_FILE_CHARS) throw new FilesTooLarge()
      yield piece
    }
  }
  for (const part of partsOf(body)) yield* withFiles(part, limited)
}

/** Writes what `JSON.stringify` would, with each entry of a list separately. */
function* partsOf(body: object): Generator<string> {
  let separator = '{'
  for (const [key, value] of Object.entries(body)) {
    if (value === undefined) continue
    yield `${separator}${JSON.stringify(key)}:`
    separator = ','
    if (Array.isArray(value)) yield* listParts(value)
    else yield JSON.stringify(value)
  }
  yield separator === '{' ? '{}' : '}'
}

function* listParts(list: unknown[]): Generator<string> {
  let separator = '['
  for (const entry of list) {
    yield separator + (JSON.stringify(entry) ?? 'null')
    separator = ','
  }
  yield separator === '[' ? '[]' : ']'
}

function joined(pieces: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
