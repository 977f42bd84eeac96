// Estimates the input tokens of a request before it is sent: the provider's count for the last
// request that it continues, plus a tokenizer's estimate of the new text.
import { createHash } from 'node:crypto'
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { LRUMap } from '../cache/lru-map.ts'
import type { CallStart } from '../upstream/types.ts'

/** Covers differences between tokenizers, and tokens that are in no text. */
const MARGIN = 1.25
const MARGIN_TOKENS = 32
const MAX_REMEMBERED = 500

interface Counted {
  chars: number
  hash: string
  tokens: number
}

/** Identifies the text of a request. */
export type TextSnapshot = Pick<Counted, 'chars' | 'hash'>

export class InputCounter {
  readonly #estimate: (text: string) => Promise<number>
  readonly #counted = new LRUMap<Counted>(MAX_REMEMBERED)

  constructor(estimate: (text: string) => Promise<number>) {
    this.#estimate = estimate
  }

  async count(call: CallStart, text: string): Promise<number> {
    const known = this.#counted.get(keyOf(call))
    const isContinued = known !== undefined && (await hashOf(text, known.chars)) === known.hash
    const fresh = isContinued ? text.slice(known.chars) : text
    const estimated = (await this.#estimate(fresh)) * MARGIN
    return Math.ceil((isContinued ? known.tokens : 0) + estimated + MARGIN_TOKENS)
  }

  /** Remembers the provider's count for a request. */
  learn(call: CallStart, snapshot: TextSnapshot, tokens: number): void {
    this.#counted.set(keyOf(call), { ...snapshot, tokens })
  }
}

function keyOf({ conversationId, agent, provider, modelRequested, purpose }: CallStart): string {
  return JSON.stringify([conversationId, agent, provider, modelRequested, purpose])
}

export async function snapshotOf(text: string): Promise<TextSnapshot> {
  return { chars: text.length, hash: await hashOf(text, text.length) }
}

/** Hashing this much takes about a millisecond. */
const MAX_CHARS_AT_ONCE = 250_000

/** Hashes the first `chars` of a text in pieces: a long conversation has millions of characters. */
async function hashOf(text: string, chars: number): Promise<string> {
  const hash = createHash('sha256')
  for (let from = 0; from < chars; from += MAX_CHARS_AT_ONCE) {
    if (from > 0) await yieldToEventLoop()
    hash.update(text.slice(from, Math.min(chars, from + MAX_CHARS_AT_ONCE)))
  }
  return hash.digest('base64')
}
