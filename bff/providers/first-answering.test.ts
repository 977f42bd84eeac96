import { onTestFinished, expect, test } from 'vitest'
import { refusingBaseUrl, startFakeUpstream } from '../../e2e/fake-upstream.ts'
import type { ProviderConfig } from '../upstream/types.ts'
import { Providers, type ProviderParts } from './providers.ts'

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

test('a new chat starts with the first provider that answers, or the first if none does', async () => {
  const { baseUrl } = await startAlive()
  const away = provider('away', { baseUrl: await refusingBaseUrl(), defaultModel: 'gone-1' })
  const alive = provider('alive', { baseUrl })
  const providers = providersOf([away, alive])
  expect((await providers.listModels()).default).toEqual({ provider: 'alive', model: 'alive-1' })
  const target = await providers.resolve({ provider: null, model: null })
  expect(target).toMatchObject({ provider: 'alive', model: 'alive-1' })

  const chosen = providersOf([alive, away], {
    defaultModel: () => ({ provider: 'away', model: 'gone-1' }),
  })
  expect((await chosen.listModels()).default).toEqual({ provider: 'away', model: 'gone-1' })
  const none = providersOf([away, { ...away, name: 'too' }])
  expect((await none.listModels()).default).toEqual({ provider: 'away', model: 'gone-1' })
})

async function startAlive(): Promise<{ baseUrl: string }> {
  const upstream = await startFakeUpstream({}, { models: ['alive-1'] })
  onTestFinished(() => upstream.close())
  return upstream
}
