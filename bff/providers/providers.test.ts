import { once } from 'node:events'
import { createServer } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ModelList, ProviderInfo } from '#shared/api.ts'
import { NOTHING_KNOWN } from '#shared/checks.ts'
import { refusingBaseUrl, startFakeUpstream } from '../../e2e/fake-upstream.ts'
import type { ProviderConfig } from '../upstream/types.ts'
import { Problem } from '../http/problem.ts'
import { Providers, type ProviderParts } from './providers.ts'
import { providerRoutes } from './routes.ts'

function provider(name: string, changes: Partial<ProviderConfig> = {}): ProviderConfig {
  return {
    name,
    kind: 'configured',
    baseUrl: 'http://127.0.0.1:9/v1',
    api: 'chat_completions',
    apiKey: `key of ${name}`,
    keyName: 'SOME_KEY',
    storedKey: null,
    setBy: 'TALLY_PROVIDERS',
    defaultModel: null,
    models: [],
    modelPatterns: [],
    maxRetries: 2,
    headers: {},
    ...changes,
  }
}

function providersOf(
  configured: ProviderConfig[],
  changes: Partial<ProviderParts> = {},
): Providers {
  return new Providers({
    configured: () => configured,
    defaultModel: () => null,
    discover: false,
    price: () => null,
    contextWindow: () => null,
    ...changes,
  })
}

async function serverWith(models: string[]): Promise<{ baseUrl: string; port: number }> {
  const upstream = await startFakeUpstream({}, { models })
  onTestFinished(() => upstream.close())
  return upstream
}

async function problemOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.catch((thrown: unknown) => thrown)
  if (!(error instanceof Problem)) throw new Error('No problem was thrown.')
  return error.code
}

const wanted = (providerName: string | null, model: string | null) => ({
  provider: providerName,
  model,
})

describe('which provider answers', () => {
  const openai = provider('openai', { defaultModel: 'gpt-a', modelPatterns: ['gpt-*', 'o?'] })
  const local = provider('local', { models: ['qwen3'], modelPatterns: ['qwen*'] })
  const providers = providersOf([openai, local])

  test('the first one, if none is named', async () => {
    expect(await providers.resolve(wanted(null, null))).toMatchObject({
      provider: 'openai',
      model: 'gpt-a',
      apiKey: 'key of openai',
    })
  })

  test('the one whose pattern matches the model, with its own key', async () => {
    expect(await providers.resolve(wanted(null, 'qwen3:30b'))).toMatchObject({
      provider: 'local',
      model: 'qwen3:30b',
      apiKey: 'key of local',
    })
  })

  test('the one that is named, whatever the patterns', async () => {
    expect(await providers.resolve(wanted('local', 'gpt-a'))).toMatchObject({
      provider: 'local',
      model: 'gpt-a',
    })
    expect(await providers.resolve(wanted('local', null))).toMatchObject({ model: 'qwen3' })
  })

  test('none, without any provider', async () => {
    expect(await problemOf(providers.resolve(wanted('nowhere', null)))).toBe('provider_not_found')
    expect(await problemOf(providers.resolve(wanted(null, 'llama')))).toBe('model_not_found')
    expect(await problemOf(providersOf([provider('empty')]).resolve(wanted(null, null)))).toBe(
      'model_not_set',
    )
  })

  test('a provider without patterns accepts any model', async () => {
    const only = providersOf([provider('only', { defaultModel: 'a' })])
    expect(await only.resolve(wanted(null, 'brand-new'))).toMatchObject({ provider: 'only' })
  })

  test('the demo, if nothing is configured', async () => {
    const demo = {
      provider: 'demo',
      kind: 'demo',
      model: 'tally-demo',
      baseUrl: null,
      apiKey: null,
    }
    expect(await providersOf([]).resolve(wanted(null, null))).toMatchObject(demo)
    expect(await providersOf([openai]).resolve(wanted('demo', null))).toMatchObject(demo)
  })

  test('OpenAI has its own default model', async () => {
    const plain = provider('openai', { baseUrl: 'https://api.openai.com/v1' })
    const { model } = await providersOf([plain]).resolve(wanted(null, null))
    expect(model).toMatch(/^gpt-/)
  })
})

describe('the model list', () => {
  test('has what is configured and what the provider offers, without models that cannot chat', async () => {
    const { baseUrl } = await serverWith(['big', 'small', 'text-embedding-3', 'whisper-1'])
    const price = {
      inputPerMTok: 1,
      outputPerMTok: 2,
      cachedInputPerMTok: null,
      cacheWritePerMTok: null,
      origin: 'maker_list',
      source: 's',
      effectiveFrom: null,
      tier: null,
    } as const
    const providers = providersOf([provider('one', { baseUrl, defaultModel: 'named' })], {
      price: (_, model) => (model === 'big' ? price : null),
      contextWindow: (_, model) => (model === 'big' ? 8192 : null),
    })
    const list = ModelList.parse(await providers.listModels())
    expect(list.default).toEqual({ provider: 'one', model: 'named' })
    expect(list.items).toMatchObject([
      {
        name: 'one',
        problem: null,
        models: [
          { id: 'named', default: true, price: null },
          { id: 'big', default: false, price, contextWindow: 8192 },
          { id: 'small', default: false },
        ],
      },
    ])
    expect(list.items[0]?.models).toHaveLength(3)
  })

  test('says why a provider could not be asked, and still lists configured models', async () => {
    const away = provider('away', { baseUrl: await refusingBaseUrl(), models: ['mine'] })
    const { items } = await providersOf([away]).listModels()
    expect(items[0]).toMatchObject({
      models: [{ id: 'mine' }],
      problem: expect.stringMatching(/127.* cannot be reached: nothing answers/),
    })
  })

  test('asks a provider once for many readers', async () => {
    let asked = 0
    const server = createServer((_, response) => {
      asked += 1
      response.setHeader('content-type', 'application/json')
      response.end('{"data":[{"id":"m","context_length":4096}]}')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const providers = providersOf([provider('one', { baseUrl: `http://127.0.0.1:${port}/v1` })])
    await Promise.all([providers.listModels(), providers.listModels(), providers.listProviders()])
    const { items } = await providers.listModels()
    expect(items[0]?.models).toMatchObject([{ id: 'm', contextWindow: 4096, default: true }])
    expect(asked).toBe(1)
  })

  test('has the demo only if nothing is configured', async () => {
    expect((await providersOf([]).listModels()).items.map(({ name }) => name)).toEqual(['demo'])
    const one = provider('one', { defaultModel: 'm' })
    expect((await providersOf([one]).listModels()).items.map(({ name }) => name)).toEqual(['one'])
  })
})

describe('local servers', () => {
  test('that answer are found, without a key, and the first is the default', async () => {
    const there = await serverWith(['qwen3'])
    const away = new URL(await refusingBaseUrl())
    const providers = providersOf([], {
      discover: true,
      localServers: [
        { name: 'ollama', port: there.port },
        { name: 'vllm', port: Number(away.port) },
      ],
    })
    const list = await providers.listModels()
    expect(list.items.map(({ name, kind }) => [name, kind])).toEqual([
      ['ollama', 'discovered'],
      ['demo', 'demo'],
    ])
    expect(list.default).toEqual({ provider: 'ollama', model: 'qwen3' })
    const target = { provider: 'ollama', kind: 'discovered', api: 'chat_completions', apiKey: null }
    expect(await providers.resolve(wanted(null, 'qwen3'))).toMatchObject(target)
    expect(await providers.resolve(wanted('ollama', null))).toMatchObject({
      ...target,
      model: 'qwen3',
    })
    expect(await providers.resolve(wanted('vllm', 'some'))).toMatchObject({ provider: 'vllm' })
  })

  test('that are configured are not listed twice', async () => {
    const { port } = await serverWith(['qwen3'])
    const mine = provider('mine', { baseUrl: `http://localhost:${port}/v1`, models: ['qwen3'] })
    const localServers = [{ name: 'ollama', port }]
    const providers = providersOf([mine], { discover: true, localServers })
    expect((await providers.listModels()).items.map(({ name }) => name)).toEqual(['mine'])
  })

  test('are not asked if discovery is off', async () => {
    const { port } = await serverWith(['qwen3'])
    const providers = providersOf([], { localServers: [{ name: 'ollama', port }] })
    expect((await providers.listModels()).items.map(({ name }) => name)).toEqual(['demo'])
    expect(await problemOf(providers.resolve(wanted('ollama', 'x')))).toBe('provider_not_found')
  })
})

test('addresses are shown without user, password and query, and keys not at all', async () => {
  const secret = provider('secret', {
    baseUrl: 'https://ann:pass-word@example.com/v1?token=hidden',
    defaultModel: 'm',
  })
  const routes = providerRoutes({ providers: providersOf([secret]), agents: [] })
  const response = await routes.request('/api/providers')
  const text = await response.text()
  expect(text).not.toMatch(/pass-word|hidden|key of/)
  const { items } = JSON.parse(text)
  expect(ProviderInfo.parse(items[0])).toMatchObject({
    baseUrl: 'https://example.com/v1',
    keySource: 'environment',
    keyName: 'SOME_KEY',
    capabilities: { tools: null },
  })
})

test('the findings of a check apply to its model only', async () => {
  const refused = { tools: false, parallelTools: false, jsonMode: 'object' } as const
  const found = { ...NOTHING_KNOWN, reportsUsage: 'no', ...refused } as const
  const providers = providersOf([provider('one', { defaultModel: 'a', models: ['a', 'b'] })], {
    known: (_, model) => (model === 'a' ? found : null),
  })
  const { items } = await providers.listModels()
  expect(items[0]?.models.map(({ id, reportsUsage }) => [id, reportsUsage])).toEqual([
    ['a', false],
    ['b', undefined],
  ])
  const [one] = await providers.listProviders()
  expect(one?.capabilities).toMatchObject({ tools: false, jsonMode: true, streaming: null })
  const checked = { takesJsonShape: false, takesParallelTools: false }
  expect(await providers.resolve(wanted('one', 'a'))).toMatchObject(checked)
  expect(Object.keys(await providers.resolve(wanted('one', 'b'))).join()).not.toContain('takes')
})

test('an endless list is cut, and unusable names are dropped', async () => {
  const many = Array.from({ length: 3000 }, (_, index) => `model-${index}`)
  const { baseUrl } = await serverWith(['', 'x'.repeat(201), ...many])
  const { items } = await providersOf([provider('endless', { baseUrl })]).listModels()
  expect(items[0]?.models.map(({ id }) => id)).toEqual(many.slice(0, 2000))
})
