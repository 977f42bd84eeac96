// The model lists of providers, remembered for a while. An old list is given at once and renewed
// behind the reader's back; only the very first reader waits, and not for long.
import type { ProviderConfig } from '../upstream/types.ts'
import { ContextWindows } from '../upstream/context-windows.ts'
import { readModels, type Offer } from '../upstream/read-models.ts'

const FRESH_MS = 60_000
const FAILED_FRESH_MS = 5_000
const NEWEST_MS = 2_000
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
  readonly #windows = new ContextWindows()

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

  /** What is known without waiting; what is old is renewed in the background. */
  known(provider: ProviderConfig): Offer | null {
    if (provider.baseUrl === null) return null
    const entry = this.#entryOf(provider.name)
    if (!isFresh(entry)) void this.#read(provider, entry)
    return entry.offer
  }

  /** A server on this computer may be started anew with another model, and is quickly asked. */
  async newest(provider: ProviderConfig): Promise<Offer> {
    const entry = this.#entryOf(provider.name)
    const isNew = entry.offer !== null && performance.now() - entry.readAt < NEWEST_MS
    const offer = isNew ? entry.offer : await this.#read(provider, entry)
    return offer ?? this.#read(provider, entry)
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

  async #ask(provider: ProviderConfig, timeoutMs: number): Promise<Offer> {
    const offer = await readModels(provider, timeoutMs)
    const { server, models } = offer
    const unknown = models.filter(({ contextWindow }) => contextWindow === null)
    if (server === undefined || server === 'vllm' || unknown.length === 0) return offer
    const found = await this.#windows.read(
      server,
      provider,
      unknown.map(({ id, created = 0 }) => ({ id, version: String(created) })),
      AbortSignal.timeout(timeoutMs),
    )
    const windowOf = (id: string) => {
      const window = found.get(id) ?? null
      return window === 'needs_key' ? null : window
    }
    return {
      ...offer,
      models: models.map((model) => ({
        ...model,
        contextWindow: model.contextWindow ?? windowOf(model.id),
      })),
      // llama.cpp lists its models to everyone, and asks for the key at the first message.
      ...([...found.values()].includes('needs_key') ? { needsKey: provider.apiKey === null } : {}),
    }
  }

  #read(provider: ProviderConfig, entry: Entry, timeoutMs = TIMEOUT_MS): Promise<Offer> {
    entry.reading ??= this.#ask(provider, timeoutMs).then((offer) => {
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
