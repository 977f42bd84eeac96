// Counts the tokens of a text with a real tokenizer (o200k). Runs in the worker thread. Long texts are
// counted in slices, between which other work of the thread is done.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { isUtf8 } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { RawBytePairRanks } from 'gpt-tokenizer/BytePairEncodingCore'
import type { GptEncoding } from 'gpt-tokenizer/GptEncoding'

/** The slowest text known, one long word in Chinese, takes 10 ms for this many characters. */
const SLICE_CHARS = 1000

/** Text that looks like a special token is counted as text. */
const AS_TEXT = { disallowedSpecial: new Set<string>() }

/** Returns the token counts, one per text. */
export async function countAllTokens(texts: string[], stop: AbortSignal): Promise<number[]> {
  const encoding = await tokenizer()
  const counts: number[] = []
  let chars = 0
  for (const text of texts) {
    let tokens = 0
    for (const slice of slicesOf(text)) {
      tokens += encoding.countTokens(slice, AS_TEXT)
      chars += slice.length
      if (chars < SLICE_CHARS) continue
      await yieldToEventLoop()
      stop.throwIfAborted()
      chars = 0
    }
    counts.push(tokens)
  }
  return counts
}

/** The text in the pieces in which a model would write it. */
export async function splitTokens(text: string): Promise<string[]> {
  const encoding = await tokenizer()
  return [...encoding.decodeGenerator(encoding.encode(text, AS_TEXT))]
}

function* slicesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length;) {
    const to = endOfSlice(text, from)
    yield text.slice(from, to)
    from = to
  }
}

/** Before white space where there is some: the tokenizer splits there too, so that nothing is counted twice. */
function endOfSlice(text: string, from: number): number {
  const latest = from + SLICE_CHARS
  if (latest >= text.length) return text.length
  const space = text.slice(from + SLICE_CHARS / 2, latest).search(/\s\S*$/)
  if (space >= 0) return from + SLICE_CHARS / 2 + space
  // Never between the halves of one character.
  return isHighSurrogate(text, latest - 1) ? latest - 1 : latest
}

function isHighSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index)
  return unit >= 0xd800 && unit < 0xdc00
}

const VOCABULARY = 'gpt-tokenizer/data/o200k_base.tiktoken'
const LINES_PER_TURN = 5000
const BYTE_ORDER_MARK = Buffer.from('\uFEFF')

let loading: Promise<GptEncoding> | null = null

/**
 * The tokenizer (o200k) of everything that Tally counts itself, loaded when it is first needed. It reads the
 * vocabulary file of the package, because the package's own module takes twenty megabytes more.
 */
export function tokenizer(): Promise<GptEncoding> {
  return (loading ??= load())
}

async function load(): Promise<GptEncoding> {
  try {
    const { GptEncoding: Encoding } = await import('gpt-tokenizer/GptEncoding')
    const ranks = await readRanks()
    return Encoding.getEncodingApi('o200k_base', () => ranks)
  } catch (error) {
    // The next one tries again.
    loading = null
    throw error
  }
}

/** Longer than every token. */
const SCRATCH_BYTES = 1024

/** Each line is a token in Base64 and its rank; a part of a character is told in bytes. */
export async function readRanks(): Promise<RawBytePairRanks> {
  const file = await readFile(createRequire(import.meta.url).resolve(VOCABULARY), 'latin1')
  const ranks: (string | number[])[] = []
  // A buffer for each of 200,000 tokens would be garbage of forty megabytes.
  const scratch = Buffer.alloc(SCRATCH_BYTES)
  let from = 0
  for (let line = 1; from < file.length; line += 1) {
    const space = file.indexOf(' ', from)
    const end = file.indexOf('\n', space)
    const length = scratch.write(file.slice(from, space), 'base64')
    ranks[Number(file.slice(space, end))] = tokenIn(scratch, length)
    from = end + 1
    if (line % LINES_PER_TURN === 0) await yieldToEventLoop()
  }
  return ranks
}

function tokenIn(scratch: Buffer, length: number): string | number[] {
  let isAscii = true
  for (let at = 0; at < length && isAscii; at += 1) isAscii = (scratch[at] ?? 0) < 128
  if (isAscii) return scratch.toString('latin1', 0, length)
  const bytes = scratch.subarray(0, length)
  return isText(bytes) ? bytes.toString() : [...bytes]
}

/** Text that begins with a byte order mark is looked up in bytes, because decoding would drop the mark. */
function isText(bytes: Buffer): boolean {
  return isUtf8(bytes) && !bytes.subarray(0, 3).equals(BYTE_ORDER_MARK)
}
