// How many input tokens a request has before it is sent: what the provider counted for the last
// request that this one continues, and a tokenizer's estimate of what is new.
import { createHash } from 'node:crypto'
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { CallStart } from '../upstream/types.ts'

/** Tokenizers differ, and messages carry tokens that are in no text. */
const MARGIN = 1.25
const MARGIN_TOKENS = 32
const MAX_REMEMBERED = 500

interface Counted {
  chars: number
  hash: string
  tokens: number
}

/** The text of a request, as far as it must be remembered. */
export type TextSnapshot = Pick<Counted, 'chars' | 'hash'>

export class InputCounter {
  readonly #estimate: (text: string) => Promise<number>
  /** The least recently used first. */
  readonly #counted = new Map<string, Counted>()

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

  /** What the provider counted. */
  learn(call: CallStart, snapshot: TextSnapshot, tokens: number): void {
    const key = keyOf(call)
    this.#counted.delete(key)
    this.#counted.set(key, { ...snapshot, tokens })
    const [oldest] = this.#counted.keys()
    if (this.#counted.size > MAX_REMEMBERED && oldest !== undefined) this.#counted.delete(oldest)
  }
}

function keyOf({ conversationId, agent, provider, modelRequested, purpose }: CallStart): string {
  return JSON.stringify([conversationId, agent, provider, modelRequested, purpose])
}

export async function snapshotOf(text: string): Promise<TextSnapshot> {
  return { chars: text.length, hash: await hashOf(text, text.length) }
}

/** Takes a millisecond. */
const MAX_CHARS_AT_ONCE = 250_000

/** Of the first `chars` of a text. A piece at a time: the text of a long conversation has millions. */
async function hashOf(text: string, chars: number): Promise<string> {
  const hash = createHash('sha256')
  for (let from = 0; from < chars; from += MAX_CHARS_AT_ONCE) {
    if (from > 0) await yieldToEventLoop()
    hash.update(text.slice(from, Math.min(chars, from + MAX_CHARS_AT_ONCE)))
  }
  return hash.digest('base64')
}
