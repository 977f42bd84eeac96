// Counts the tokens of texts with a real tokenizer (o200k), for requests whose usage the provider did
// not report. The worker thread counts.
import { backgroundWorker } from '../../worker/background-worker.ts'

export async function estimateTokens(text: string): Promise<number> {
  const [tokens = 0] = await estimateAllTokens([text])
  return tokens
}

/** Of each text. */
export async function estimateAllTokens(texts: string[]): Promise<number[]> {
  if (texts.every((text) => text === '')) return texts.map(() => 0)
  return backgroundWorker.countTokens(texts)
}
