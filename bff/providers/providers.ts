// All providers: configured ones, then discovered local servers, and the demo if nothing is configured.
// Without a choice, the default is the first configured provider that answers, else the first local
// server.
import { once } from 'node:events'
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { ModelInfo, ModelList, ProviderInfo, ProviderModels } from '#shared/api.ts'
import type { CheckedCapabilities } from '#shared/checks.ts'
import { translateStored } from '../http/stored-sentences.ts'
import type { ModelTarget, ProviderConfig } from '../upstream/types.ts'
import { isOpenAi, standardOpenAiModel } from '../upstream/upstream-model.ts'
import { Problem } from '../http/problem.ts'
import { DEMO_PROVIDER } from './demo-provider.ts'
import { describeProvider } from './describe-provider.ts'
import { Discovery, LOCAL_SERVERS } from './discover.ts'
import { firstAnswering } from './model-cache.ts'
import { checkOffered, isLocal, targetOf } from './model-target.ts'
import { ModelCache } from './model-cache.ts'
import type { Offer } from '../upstream/read-models.ts'
import { PriceCache } from './price-cache.ts'
import type { ProviderParts, WantedModel } from './provider-parts.ts'
import { fitsPattern } from '../config/model-pattern.ts'
import { t } from '#shared/translate.ts'

export type { ProviderParts, WantedModel }

export class Providers {
  readonly #parts: ProviderParts
  readonly #discovery: Discovery
  readonly #models = new ModelCache()
  readonly #prices: PriceCache

  constructor(parts: ProviderParts) {
    this.#parts = parts
    const servers = parts.discover ? (parts.localServers ?? LOCAL_SERVERS) : []
    this.#prices = new PriceCache((provider, model) => parts.price(provider, model))
    this.#discovery = new Discovery(servers, () => parts.configured())
  }

  /** Returns a provider even if it does not answer. Undefined if the name is unknown. */
  find(name: string): ProviderConfig | undefined {
    return this.#known(name)
  }

  /** Call after a change of prices. */
  forgetPrices(): void {
    this.#prices.forget()
  }

  /** Call after a change of a provider, to drop everything cached about it. */
  forget(name: string): void {
    this.#models.forget(name)
    this.#discovery.forget()
    this.forgetPrices()
  }

  /** Discovers local servers and loads all model lists, so that the first reader does not wait. */
  async warmUp(stop: AbortSignal): Promise<void> {
    await Promise.race([this.listModels(), once(stop, 'abort')])
  }

  /** Throws a problem that names the missing provider or model. */
  async resolve({ provider: name, model }: WantedModel): Promise<ModelTarget> {
    if (name !== null) {
      const provider = this.#known(name)
      if (provider !== undefined && isLocal(provider)) await this.#models.newest(provider)
      if (provider === undefined) {
        throw new Problem(
          'provider_not_found',
          t`There is no provider "${name}": choose another model, or add it under Settings.`,
        )
      }
      return await this.#targetOf(provider, model ?? (await this.#defaultModel(provider)))
    }
    const provider = model === null ? await this.#defaultProvider() : await this.#providerOf(model)
    if (isLocal(provider)) await this.#models.newest(provider)
    return this.#targetOf(provider, model ?? (await this.#defaultModel(provider)))
  }

  /** Returns the context window in tokens. Null if not known. */
  async windowOf({
    provider: name,
    model,
  }: Pick<ModelTarget, 'provider' | 'model'>): Promise<number | null> {
    const provider = this.#known(name)
    return provider === undefined ? null : this.#contextWindow(provider, model)
  }

  async #targetOf(provider: ProviderConfig, model: string | null): Promise<ModelTarget> {
    const target = targetOf(provider, model)
    const offer = this.#models.known(provider)
    checkOffered(provider, target.model, offer)
    const known = this.#knownOf(provider, target.model)
    const { jsonMode = null, parallelTools: takesParallelTools = null } = known ?? {}
    const countsWith = known?.countsWith ?? null
    return {
      ...target,
      contextWindow: this.#windowIn(offer, provider, target.model),
      ...(offer?.server === undefined ? {} : { server: offer.server }),
      ...(countsWith === null ? {} : { countsWith }),
      ...(jsonMode === null ? {} : { takesJsonShape: jsonMode === 'schema' }),
      ...(takesParallelTools === null ? {} : { takesParallelTools }),
    }
  }

  #knownOf(provider: ProviderConfig, model: string): CheckedCapabilities | null {
    return this.#parts.known?.(provider, model) ?? null
  }

  async listModels(): Promise<ModelList> {
    const providers = await this.#listed()
    const chosen = await this.#default()
    const items = await Promise.all(providers.map((one) => this.#modelsOf(one, chosen)))
    return { items, nextCursor: null, default: chosen }
  }

  async listProviders(): Promise<ProviderInfo[]> {
    const providers = await this.#listed()
    return Promise.all(providers.map((provider) => this.#describe(provider)))
  }

  async #describe(provider: ProviderConfig): Promise<ProviderInfo> {
    const model = await this.#defaultModel(provider)
    const window = model === null ? null : await this.#contextWindow(provider, model)
    const known = model === null ? null : this.#knownOf(provider, model)
    return describeProvider(provider, model, window, known)
  }

  /** Asks the provider for its models now. */
  async testProvider(name: string): Promise<ProviderModels> {
    const provider = this.#existing(name)
    await this.#models.readNow(provider)
    return this.#modelsOf(provider, await this.#default())
  }

  async names(): Promise<string[]> {
    const listed = await this.#listed()
    return [...listed.map(({ name }) => name), DEMO_PROVIDER.name]
  }

  async describe(name: string): Promise<ProviderInfo> {
    return this.#describe(this.#existing(name))
  }

  async #listed(): Promise<ProviderConfig[]> {
    const configured = this.#parts.configured()
    const found = await this.#discovery.found()
    return [...configured, ...found, ...(configured.length === 0 ? [DEMO_PROVIDER] : [])]
  }

  /** Throws `not_found` if there is no such provider. */
  #existing(name: string): ProviderConfig {
    const provider = this.#known(name)
    if (provider === undefined) throw new Problem('not_found', t`There is no provider "${name}".`)
    return provider
  }

  #known(name: string): ProviderConfig | undefined {
    return (
      this.#parts.configured().find((provider) => provider.name === name) ??
      this.#discovery.candidate(name) ??
      (name === DEMO_PROVIDER.name ? DEMO_PROVIDER : undefined)
    )
  }

  /** Returns the chosen provider, else the first that answers, else the first, whose error is shown. */
  async #defaultProvider(): Promise<ProviderConfig> {
    const chosen = this.#parts.defaultModel()
    const known = chosen === null ? undefined : this.#known(chosen.provider)
    const first = known ?? (await firstAnswering(this.#parts.configured(), this.#models))
    return first ?? (await this.#firstFound()) ?? DEMO_PROVIDER
  }

  /** Returns the first local server that has a chat model. */
  async #firstFound(): Promise<ProviderConfig | undefined> {
    for (const found of await this.#discovery.found()) {
      if ((await this.#models.offerOf(found)).models.length > 0) return found
    }
  }

  async #default(): Promise<ModelList['default']> {
    const standard = await this.#defaultProvider()
    const model = await this.#defaultModel(standard)
    return model === null ? null : { provider: standard.name, model }
  }

  /** Finds the provider by pattern, then by list, else the default one if it has no patterns. */
  async #providerOf(model: string): Promise<ProviderConfig> {
    const configured = this.#parts.configured()
    const fits = configured.find((one) => one.modelPatterns.some((at) => fitsPattern(model, at)))
    if (fits !== undefined) return fits
    const providers = await this.#listed()
    for (const provider of providers) {
      if ((await this.#modelIds(provider)).includes(model)) return provider
    }
    const standard = await this.#defaultProvider()
    if (standard.kind === 'demo' || standard.modelPatterns.length > 0) {
      throw new Problem('model_not_found', t`No provider has a model "${model}".`)
    }
    return standard
  }

  async #defaultModel(provider: ProviderConfig): Promise<string | null> {
    const chosen = this.#parts.defaultModel()
    if (chosen?.provider === provider.name) return chosen.model
    const named = provider.defaultModel ?? provider.models[0]
    if (named !== undefined) return named
    if (isOpenAi(provider)) return standardOpenAiModel()
    const { models } = await this.#models.offerOf(provider)
    return models[0]?.id ?? null
  }

  async #modelIds(provider: ProviderConfig): Promise<string[]> {
    const { models } = await this.#models.offerOf(provider)
    const named = [provider.defaultModel ?? [], provider.models, models.map(({ id }) => id)].flat()
    return [...new Set(named)]
  }

  async #modelsOf(provider: ProviderConfig, chosen: ModelList['default']): Promise<ProviderModels> {
    const { name, kind } = provider
    const { problem, needsKey = false } = await this.#models.offerOf(provider)
    const standard = await this.#defaultModel(provider)
    const ids = new Set([
      ...(standard === null ? [] : [standard]),
      ...(await this.#modelIds(provider)),
    ])
    const models: ModelInfo[] = []
    let since = performance.now()
    for (const id of ids) {
      models.push({
        id,
        contextWindow: await this.#contextWindow(provider, id),
        price: this.#prices.of(provider, id),
        default: chosen?.provider === name && chosen.model === id,
        ...(this.#parts.isFavorite?.(name, id) ? { favorite: true } : {}),
        ...reportsUsage(this.#knownOf(provider, id)),
      })
      if (performance.now() - since < PORTION_MS) continue
      await yieldToEventLoop()
      since = performance.now()
    }
    const withoutModels = models.length === 0 ? t`It has no models yet.` : null
    return {
      name,
      kind,
      models,
      problem: problem === null ? withoutModels : translateStored(problem),
      ...(needsKey ? { needsKey } : {}),
    }
  }

  async #contextWindow(provider: ProviderConfig, model: string): Promise<number | null> {
    return this.#windowIn(await this.#models.offerOf(provider), provider, model)
  }

  /** A window the user entered comes first, then the server's, then the price list's. */
  #windowIn(offer: Offer | null, provider: ProviderConfig, model: string): number | null {
    const given = this.#parts.givenWindow?.(provider.name, model) ?? null
    const offered = offer?.models.find(({ id }) => id === model)?.contextWindow ?? null
    return given ?? offered ?? this.#parts.contextWindow(provider, model)
  }
}

function reportsUsage(known: CheckedCapabilities | null): Pick<ModelInfo, 'reportsUsage'> {
  const found = known?.reportsUsage ?? null
  return found === null ? {} : { reportsUsage: found !== 'no' }
}

/** How long to work on a list before yielding to the event loop. */
const PORTION_MS = 5
