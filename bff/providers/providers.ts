// All providers there are: configured ones first, then local servers that were found, and the demo
// when nothing is configured. The demo stays the default next to a local server, because nobody
// chose that server yet and its first answer can take minutes.
import { setImmediate as otherWork } from 'node:timers/promises'
import type { ModelInfo, ModelList, ProviderInfo, ProviderModels } from '#shared/api.ts'
import type { CheckedCapabilities } from '#shared/checks.ts'
import type { PriceRates } from '#shared/ledger.ts'
import type { DefaultModel } from '#shared/provider-settings.ts'
import type { ModelTarget, ProviderConfig } from '../agent/types.ts'
import { isOpenAi, standardOpenAiModel } from '../agent/upstream-model.ts'
import { Problem } from '../problem.ts'
import { DEMO_PROVIDER } from './demo-provider.ts'
import { describeProvider } from './describe-provider.ts'
import { Discovery, LOCAL_SERVERS, type LocalServer } from './discover.ts'
import { firstAnswering } from './first-answering.ts'
import { ModelCache } from './model-cache.ts'
import { fitsPattern } from '../model-pattern.ts'

export interface ProviderParts {
  /** Asked anew each time: a person adds and removes some while Tally runs. */
  configured(): ProviderConfig[]
  /** What somebody chose for new conversations. */
  defaultModel(): DefaultModel | null
  /** Look for local servers. */
  discover: boolean
  price(provider: ProviderConfig, model: string): PriceRates | null
  contextWindow(provider: ProviderConfig, model: string): number | null
  /** What a check found out about a model; null where none was made. */
  known?: (provider: ProviderConfig, model: string) => CheckedCapabilities | null
  /** For tests. */
  localServers?: LocalServer[]
}

export interface WantedModel {
  provider: string | null
  model: string | null
}

export class Providers {
  readonly #parts: ProviderParts
  readonly #discovery: Discovery
  readonly #models = new ModelCache()
  readonly #prices = new Map<string, { price: PriceRates | null; at: number }>()

  constructor(parts: ProviderParts) {
    this.#parts = parts
    const servers = parts.discover ? (parts.localServers ?? LOCAL_SERVERS) : []
    this.#discovery = new Discovery(servers, () => parts.configured())
  }

  /** Whether or not it answers; undefined where there is none of this name. */
  find(name: string): ProviderConfig | undefined {
    return this.#known(name)
  }

  /** After a change of prices: the list names them anew. */
  forgetPrices(): void {
    this.#prices.clear()
  }

  /** After a change of a provider: nothing that was remembered of it holds any more. */
  forget(name: string): void {
    this.#models.forget(name)
    this.#discovery.forget()
    this.forgetPrices()
  }

  /** Asks everyone for their models in the background, so that the first reader does not wait. */
  warmUp(): void {
    void this.listModels()
  }

  /** Throws the problem that says what there is not. */
  async resolve({ provider: name, model }: WantedModel): Promise<ModelTarget> {
    if (name !== null) {
      const provider = this.#known(name)
      if (provider === undefined) {
        throw new Problem(
          'provider_not_found',
          `There is no provider "${name}": choose another model, or add it under Settings.`,
        )
      }
      return this.#targetOf(provider, model ?? (await this.#defaultModel(provider)))
    }
    const provider = model === null ? await this.#defaultProvider() : await this.#providerOf(model)
    return this.#targetOf(provider, model ?? (await this.#defaultModel(provider)))
  }

  /** In tokens; null: not known. */
  async windowOf({
    provider: name,
    model,
  }: Pick<ModelTarget, 'provider' | 'model'>): Promise<number | null> {
    const provider = this.#known(name)
    return provider === undefined ? null : this.#contextWindow(provider, model)
  }

  #targetOf(provider: ProviderConfig, model: string | null): ModelTarget {
    const target = targetOf(provider, model)
    const known = this.#knownOf(provider, target.model)
    const { jsonMode = null, parallelTools: takesParallelTools = null } = known ?? {}
    return {
      ...target,
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

  /** Asks this one for its models now. */
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

  /** For an address that names it. */
  #existing(name: string): ProviderConfig {
    const provider = this.#known(name)
    if (provider === undefined) throw new Problem('not_found', `There is no provider "${name}".`)
    return provider
  }

  #known(name: string): ProviderConfig | undefined {
    return (
      this.#parts.configured().find((provider) => provider.name === name) ??
      this.#discovery.candidate(name) ??
      (name === DEMO_PROVIDER.name ? DEMO_PROVIDER : undefined)
    )
  }

  /** The one that was chosen, else the first that answers. Where none does, the first says why. */
  async #defaultProvider(): Promise<ProviderConfig> {
    const chosen = this.#parts.defaultModel()
    const known = chosen === null ? undefined : this.#known(chosen.provider)
    if (known !== undefined) return known
    return (await firstAnswering(this.#parts.configured(), this.#models)) ?? DEMO_PROVIDER
  }

  async #default(): Promise<ModelList['default']> {
    const standard = await this.#defaultProvider()
    const model = await this.#defaultModel(standard)
    return model === null ? null : { provider: standard.name, model }
  }

  /** By pattern, by list, and else the default provider, unless its patterns say otherwise. */
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
      throw new Problem('model_not_found', `No provider has a model "${model}".`)
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
    const { problem } = await this.#models.offerOf(provider)
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
        price: this.#price(provider, id),
        default: chosen?.provider === name && chosen.model === id,
        ...reportsUsage(this.#knownOf(provider, id)),
      })
      if (performance.now() - since < PORTION_MS) continue
      await otherWork()
      since = performance.now()
    }
    return { name, kind, models, problem: problem ?? (models.length === 0 ? NO_MODELS : null) }
  }

  /** Looking through a price list is slow, and a router offers hundreds of models. */
  #price(provider: ProviderConfig, model: string): PriceRates | null {
    const key = `${provider.name} ${model}`
    const known = this.#prices.get(key)
    if (known !== undefined && performance.now() - known.at < PRICE_FRESH_MS) return known.price
    const price = this.#parts.price(provider, model)
    this.#prices.set(key, { price, at: performance.now() })
    return price
  }

  async #contextWindow(provider: ProviderConfig, model: string): Promise<number | null> {
    const { models } = await this.#models.offerOf(provider)
    const offered = models.find(({ id }) => id === model)?.contextWindow
    return offered ?? this.#parts.contextWindow(provider, model)
  }
}

function reportsUsage(known: CheckedCapabilities | null): Pick<ModelInfo, 'reportsUsage'> {
  const found = known?.reportsUsage ?? null
  return found === null ? {} : { reportsUsage: found !== 'no' }
}

/** After so much of a long list the event loop runs. */
const PORTION_MS = 5
const PRICE_FRESH_MS = 600_000
const NO_MODELS = 'It has no models yet.'

function targetOf(provider: ProviderConfig, model: string | null): ModelTarget {
  const { name, kind, baseUrl, api, apiKey, headers, maxRetries, storedKey } = provider
  if (storedKey !== null && storedKey.problem !== null) {
    throw new Problem('key_unreadable', `The key of ${name} cannot be read. ${storedKey.problem}`)
  }
  if (model === null) {
    throw new Problem('model_not_found', `${name} offers no model. Name one in its settings.`)
  }
  return { provider: name, kind, baseUrl, api, apiKey, headers, maxRetries, model }
}
