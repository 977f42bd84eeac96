// The token counts of items and of entries made of them, for as long as these are in memory: what the
// database knows need not be counted again.
import { backgroundWorker } from '../worker/background-worker.ts'

const counted = new WeakMap<object, number>()

export function rememberTokens(item: object, tokens: number): void {
  counted.set(item, tokens)
}

export function countedTokens(item: object | undefined): number | undefined {
  return item === undefined ? undefined : counted.get(item)
}

/** Copying more texts to the worker thread at once would block. */
const TEXTS_AT_ONCE = 100
const CHARS_AT_ONCE = 100_000

export interface Countable {
  item: object
  text: string
}

/** Returns the tokens of each text. */
export async function countTokens(all: readonly Countable[]): Promise<number[]> {
  let batch: Countable[] = []
  let chars = 0
  const countBatch = async () => {
    const counts = await backgroundWorker.countTokens(batch.map(({ text }) => text))
    for (const [index, { item }] of batch.entries()) counted.set(item, counts[index] ?? 0)
    batch = []
    chars = 0
  }
  for (const one of all) {
    if (counted.has(one.item)) continue
    batch.push(one)
    chars += one.text.length
    if (batch.length >= TEXTS_AT_ONCE || chars >= CHARS_AT_ONCE) await countBatch()
  }
  if (batch.length > 0) await countBatch()
  return all.map(({ item }) => counted.get(item) ?? 0)
}
