// The model lists of providers, remembered for a while. An old list is given at once and renewed
// behind the reader's back; only the very first reader waits, and not for long.
import type { ProviderConfig } from '../agent/types.ts'
import { readModels, type Offer } from './read-models.ts'

const FRESH_MS = 60_000
const FAILED_FRESH_MS = 5_000
const TIMEOUT_MS = 1_500
/** Somebody asks for it by hand, and waits. */
const PATIENT_TIMEOUT_MS = 10_000

/** Of the demo, which is part of Tally. */
const NO_LIST: Offer = { models: [], problem: null, answers: true }

interface Entry {
  offer: Offer | null
  /** By the monotonic clock: the wall clock may be set back. */
  readAt: number
  reading: Promise<Offer> | null
}

export class ModelCache {
  readonly #entries = new Map<string, Entry>()

  async offerOf(provider: ProviderConfig): Promise<Offer> {
    if (provider.baseUrl === null) return NO_LIST
    const entry = this.#entryOf(provider.name)
    const reading = isFresh(entry) ? null : this.#read(provider, entry)
    return entry.offer ?? (await (reading ?? this.#read(provider, entry)))
  }

  /** Asks now, whatever is remembered. */
  async readNow(provider: ProviderConfig): Promise<Offer> {
    if (provider.baseUrl === null) return NO_LIST
    this.forget(provider.name)
    return this.#read(provider, this.#entryOf(provider.name), PATIENT_TIMEOUT_MS)
  }

  forget(name: string): void {
    this.#entries.delete(name)
  }

  #entryOf(name: string): Entry {
    const known = this.#entries.get(name)
    if (known !== undefined) return known
    const entry: Entry = { offer: null, readAt: 0, reading: null }
    this.#entries.set(name, entry)
    return entry
  }

  #read(provider: ProviderConfig, entry: Entry, timeoutMs = TIMEOUT_MS): Promise<Offer> {
    entry.reading ??= readModels(provider, timeoutMs).then((offer) => {
      // A list that was read once is better than none while the provider is away.
      const models = offer.problem === null ? offer.models : (entry.offer?.models ?? [])
      entry.offer = { ...offer, models }
      entry.readAt = performance.now()
      entry.reading = null
      return entry.offer
    })
    return entry.reading
  }
}

function isFresh({ offer, readAt }: Entry): boolean {
  if (offer === null) return false
  return performance.now() - readAt < (offer.problem === null ? FRESH_MS : FAILED_FRESH_MS)
}
