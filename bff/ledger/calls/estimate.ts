// Counts tokens with a real tokenizer (o200k), in the worker thread. Used for requests whose provider
// reports no usage.
import { backgroundWorker } from '../../worker/background-worker.ts'

/** Returns the number of tokens in a text. */
export async function estimateTokens(text: string): Promise<number> {
  const [tokens = 0] = await estimateAllTokens([text])
  return tokens
}

/** Returns the number of tokens of each text. */
export async function estimateAllTokens(texts: string[]): Promise<number[]> {
  if (texts.every((text) => text === '')) return texts.map(() => 0)
  return backgroundWorker.countTokens(texts)
}
