// Limits how many streams are open at once, in total and per address. All users of one machine or behind one proxy
// share an address, so the limit per address is high; the rest of the connections is for other requests.
import { Problem } from '../http/problem.ts'
import { t } from '#shared/translate.ts'

export interface StreamCaps {
  maxStreams?: number
  maxStreamsPerAddress?: number
}

export const MAX_STREAMS = 2_000
export const MAX_STREAMS_PER_ADDRESS = 800

export class StreamLimit {
  readonly #maxStreams: number
  readonly #maxPerAddress: number
  readonly #byAddress = new Map<string, number>()
  #streams = 0

  constructor({
    maxStreams = MAX_STREAMS,
    maxStreamsPerAddress = MAX_STREAMS_PER_ADDRESS,
  }: StreamCaps) {
    this.#maxStreams = maxStreams
    this.#maxPerAddress = maxStreamsPerAddress
  }

  /** Throws when there is no room; call what it returns, once, when the stream is over. */
  enter(address: string): () => void {
    const ofAddress = this.#byAddress.get(address) ?? 0
    if (ofAddress >= this.#maxPerAddress) {
      throw new Problem('too_many_streams', t`Close some of the answers that you follow.`)
    }
    if (this.#streams >= this.#maxStreams) {
      throw new Problem('streams_full', t`Try again in a few seconds.`)
    }
    this.#streams += 1
    this.#byAddress.set(address, ofAddress + 1)
    return () => this.#leave(address)
  }

  #leave(address: string): void {
    this.#streams -= 1
    const left = (this.#byAddress.get(address) ?? 1) - 1
    if (left > 0) this.#byAddress.set(address, left)
    else this.#byAddress.delete(address)
  }
}
