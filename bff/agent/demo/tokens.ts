// The demo's tokens, with a real tokenizer. Its vocabulary is large, so it is loaded on first use.
import { setImmediate as otherWork } from 'node:timers/promises'

const AS_TEXT = { disallowedSpecial: new Set<string>() }

/** The text in the pieces in which a model would write it. */
export async function tokensOf(text: string): Promise<string[]> {
  const { encode, decodeGenerator } = await load()
  return [...decodeGenerator(encode(text, AS_TEXT))]
}

/** In slices, so that a very long conversation does not hold up everyone else. */
export async function countTokens(text: string): Promise<number> {
  const tokenizer = await load()
  let tokens = 0
  for (const slice of text.match(/[^]{1,2000}(?=\s|$)|[^]{1,2000}/g) ?? []) {
    tokens += tokenizer.countTokens(slice, AS_TEXT)
    await otherWork()
  }
  return tokens
}

function load() {
  return import('gpt-tokenizer/encoding/o200k_base')
}
