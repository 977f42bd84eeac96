// Reports to readers what is known of a model call while it runs. Nothing waits for the estimate; a call that ends
// before its input is counted has none.
import type { CallStart, ModelTarget } from '../upstream/types.ts'
import { estimateTokens } from '../ledger/calls/estimate.ts'
import type { RunEvent } from '#shared/run-event.ts'
import type { RunLedger } from './run-parts.ts'

/** A longer text is not worth a tokenizer's time for an estimate. */
const MAX_COUNTED_CHARS = 40_000
const CHARS_PER_TOKEN = 4

export class CallEstimates {
  readonly #ledger: Pick<RunLedger, 'estimate'>
  readonly #emit: (event: RunEvent) => Promise<void>
  /** How long the texts of the calls under way are. */
  readonly #open = new Map<string, number>()
  /** As the last call of the run had it; null before its first is reported. */
  #tokensPerChar: number | null = null

  constructor(ledger: Pick<RunLedger, 'estimate'>, emit: (event: RunEvent) => Promise<void>) {
    this.#ledger = ledger
    this.#emit = emit
  }

  async opened(call: CallStart, target: ModelTarget, inputText: Promise<string>): Promise<void> {
    this.#open.set(call.id, 0)
    const text = await inputText
    if (this.#open.has(call.id)) this.#open.set(call.id, text.length)
    const inputTokens = await this.#count(text)
    if (!this.#open.has(call.id)) return
    const estimate = this.#ledger.estimate(call, target, inputTokens)
    const { parentCallId } = call
    const nested = parentCallId === undefined ? {} : { parentCallId }
    await this.#emit({ type: 'estimate', at: new Date().toISOString(), ...estimate, ...nested })
  }

  closed(callId: string, inputTokens: number | null): void {
    const chars = this.#open.get(callId)
    this.#open.delete(callId)
    if (chars && inputTokens) this.#tokensPerChar = inputTokens / chars
  }

  async #count(text: string): Promise<number> {
    if (this.#tokensPerChar !== null) return Math.ceil(text.length * this.#tokensPerChar)
    if (text.length > MAX_COUNTED_CHARS) return Math.ceil(text.length / CHARS_PER_TOKEN)
    return estimateTokens(text)
  }
}
