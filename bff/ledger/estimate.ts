// Counts the tokens of a text with a real tokenizer (o200k), for requests whose usage the provider
// did not report. Long texts are counted in slices between which the event loop runs.
import { setImmediate as otherWork } from 'node:timers/promises'
import { tokenizer } from '../agent/tokenizer.ts'

/** The slowest text known, one long word in Chinese, takes 10 ms for this many characters. */
const SLICE_CHARS = 1000

/** What is written like a special token is text like any other. */
const AS_TEXT = { disallowedSpecial: new Set<string>() }

export async function estimateTokens(text: string): Promise<number> {
  if (text === '') return 0
  const encoding = await tokenizer()
  let tokens = 0
  for (let from = 0; from < text.length;) {
    const to = endOfSlice(text, from)
    tokens += encoding.countTokens(text.slice(from, to), AS_TEXT)
    from = to
    if (from < text.length) await otherWork()
  }
  return tokens
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
