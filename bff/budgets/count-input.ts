// How many input tokens a request has before it is sent: what the provider counted for the last
// request that this one continues, and a tokenizer's estimate of what is new.
import { createHash } from 'node:crypto'
import type { CallStart } from '../agent/types.ts'

/** Tokenizers differ, and messages carry tokens that are in no text. */
const MARGIN = 1.25
const MARGIN_TOKENS = 32
const MOST_REMEMBERED = 500

interface Counted {
  chars: number
  hash: string
  tokens: number
}

/** The text of a request, as far as it must be remembered. */
export type TextMark = Pick<Counted, 'chars' | 'hash'>

export class InputCounter {
  readonly #estimate: (text: string) => Promise<number>
  /** The least recently used first. */
  readonly #counted = new Map<string, Counted>()

  constructor(estimate: (text: string) => Promise<number>) {
    this.#estimate = estimate
  }

  async count(call: CallStart, text: string): Promise<number> {
    const known = this.#counted.get(keyOf(call))
    const isContinued = known !== undefined && hashOf(text.slice(0, known.chars)) === known.hash
    const fresh = isContinued ? text.slice(known.chars) : text
    const estimated = (await this.#estimate(fresh)) * MARGIN
    return Math.ceil((isContinued ? known.tokens : 0) + estimated + MARGIN_TOKENS)
  }

  mark(text: string): TextMark {
    return { chars: text.length, hash: hashOf(text) }
  }

  /** What the provider counted. */
  learn(call: CallStart, mark: TextMark, tokens: number): void {
    const key = keyOf(call)
    this.#counted.delete(key)
    this.#counted.set(key, { ...mark, tokens })
    const [oldest] = this.#counted.keys()
    if (this.#counted.size > MOST_REMEMBERED && oldest !== undefined) this.#counted.delete(oldest)
  }
}

function keyOf({ conversationId, agent, provider, modelRequested, purpose }: CallStart): string {
  return JSON.stringify([conversationId, agent, provider, modelRequested, purpose])
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
