// The demo's tokens, with a real tokenizer.
import { setImmediate as otherWork } from 'node:timers/promises'
import { tokenizer } from '../tokenizer.ts'

const AS_TEXT = { disallowedSpecial: new Set<string>() }

/** The text in the pieces in which a model would write it. */
export async function tokensOf(text: string): Promise<string[]> {
  const encoding = await tokenizer()
  return [...encoding.decodeGenerator(encoding.encode(text, AS_TEXT))]
}

/** In slices, so that a very long conversation does not hold up everyone else. */
export async function countTokens(text: string): Promise<number> {
  const encoding = await tokenizer()
  let tokens = 0
  for (const slice of text.match(/[^]{1,2000}(?=\s|$)|[^]{1,2000}/g) ?? []) {
    tokens += encoding.countTokens(slice, AS_TEXT)
    await otherWork()
  }
  return tokens
}
