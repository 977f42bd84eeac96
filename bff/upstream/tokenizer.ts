// The tokenizer (o200k) of everything that Tally counts itself, in the worker thread. Its vocabulary is
// read as the file that the package brings: the module that the package makes of it takes twenty
// megabytes more.
import { isUtf8 } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { RawBytePairRanks } from 'gpt-tokenizer/BytePairEncodingCore'
import type { GptEncoding } from 'gpt-tokenizer/GptEncoding'

const VOCABULARY = 'gpt-tokenizer/data/o200k_base.tiktoken'
const LINES_PER_TURN = 5000
const BYTE_ORDER_MARK = Buffer.from('\uFEFF')

let loading: Promise<GptEncoding> | null = null

/** Loaded once, when it is needed first. */
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

/** Each line is a token in Base64 and its rank; a part of a character is told in bytes. */
export async function readRanks(): Promise<RawBytePairRanks> {
  const file = await readFile(createRequire(import.meta.url).resolve(VOCABULARY), 'latin1')
  const ranks: (string | number[])[] = []
  let from = 0
  for (let line = 1; from < file.length; line += 1) {
    const space = file.indexOf(' ', from)
    const end = file.indexOf('\n', space)
    const bytes = Buffer.from(file.slice(from, space), 'base64')
    ranks[Number(file.slice(space, end))] = isText(bytes) ? bytes.toString() : [...bytes]
    from = end + 1
    if (line % LINES_PER_TURN === 0) await yieldToEventLoop()
  }
  return ranks
}

/** What begins with a byte order mark is looked up in bytes, since decoding would drop the mark. */
function isText(bytes: Buffer): boolean {
  return isUtf8(bytes) && !bytes.subarray(0, 3).equals(BYTE_ORDER_MARK)
}
