// Caches the model lists of providers. A stale list is returned at once and refreshed in the background;
// only the first reader waits, and not for long.
import type { ProviderConfig } from '../upstream/types.ts'
import { inEnglish } from '../http/language.ts'
import { ContextWindows } from '../upstream/context-windows.ts'
import { type Offer, readModels } from '../upstream/read-models.ts'

const FRESH_MS = 60_000
const FAILED_FRESH_MS = 5_000
const NEWEST_MS = 2_000
const TIMEOUT_MS = 1_500
/** Longer, because the user has asked for the list and waits. */
const PATIENT_TIMEOUT_MS = 10_000

/** The demo is part of Tally and has no list. */
const NO_LIST: Offer = { models: [], problem: null, answers: true }

interface Entry {
  offer: Offer | null
  /** By the monotonic clock, because the wall clock may be set back. */
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

  /** Ignores the cache. */
  async readNow(provider: ProviderConfig): Promise<Offer> {
    if (provider.baseUrl === null) return NO_LIST
    this.forget(provider.name)
    return this.#read(provider, this.#entryOf(provider.name), PATIENT_TIMEOUT_MS)
  }

  /** Returns the cached list without waiting, and refreshes a stale one in the background. */
  known(provider: ProviderConfig): Offer | null {
    if (provider.baseUrl === null) return null
    const entry = this.#entryOf(provider.name)
    if (!isFresh(entry)) void this.#read(provider, entry)
    return entry.offer
  }

  /** Returns a recent list: a local server answers fast and may have been restarted with another model. */
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
    // Its problem is kept for readers of any language.
    const offer = await inEnglish(() => readModels(provider, timeoutMs))
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
      // llama.cpp lists its models without a key, but requires it for a message.
      ...([...found.values()].includes('needs_key') ? { needsKey: provider.apiKey === null } : {}),
    }
  }

  #read(provider: ProviderConfig, entry: Entry, timeoutMs = TIMEOUT_MS): Promise<Offer> {
    entry.reading ??= this.#ask(provider, timeoutMs).then((offer) => {
      // Keeps the last list while the provider does not answer.
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

/** Returns the first provider if none answers. Undefined if there are none. */
export async function firstAnswering(
  providers: ProviderConfig[],
  models: Pick<ModelCache, 'offerOf'>,
): Promise<ProviderConfig | undefined> {
  const [first] = providers
  if (providers.length < 2) return first
  // All are asked at once, so that one that does not answer is waited for once.
  const offers = providers.map((provider) => models.offerOf(provider))
  for (const [index, offer] of offers.entries()) {
    if ((await offer).answers) return providers[index]
  }
  return first
}
