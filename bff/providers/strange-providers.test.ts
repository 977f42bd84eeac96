import { expect, onTestFinished, test } from 'vitest'
import * as z from 'zod/mini'
import { ProviderInfo } from '#shared/api.ts'
import type { ProviderConfig } from '../upstream/types.ts'
import { Providers, type ProviderParts } from './providers.ts'

function providersOf(
  changes: Partial<ProviderConfig>[],
  price: ProviderParts['price'] = () => null,
): Providers {
  const configured = changes.map((change, at): ProviderConfig => {
    return {
      name: `provider-${at}`,
      kind: 'configured',
      baseUrl: 'http://127.0.0.1:9/v1',
      api: 'chat_completions',
      apiKey: null,
      keyName: null,
      storedKey: null,
      setBy: null,
      defaultModel: 'm',
      models: [],
      modelPatterns: [],
      maxRetries: 0,
      headers: {},
      ...change,
    }
  })
  return new Providers({
    configured: () => configured,
    defaultModel: () => null,
    discover: false,
    price,
    contextWindow: () => null,
  })
}

test('a host with the name of an object property is like any other', async () => {
  const bases = ['http://constructor/v1', 'http://__proto__/v1']
  const listed = await providersOf(bases.map((baseUrl) => ({ baseUrl }))).listProviders()
  expect(z.array(ProviderInfo).safeParse(listed).success).toBe(true)
})

test('loading a long list of models yields to the event loop', async () => {
  const models = Array.from({ length: 500 }, (_, at) => `model-${at}`)
  const slow = () => {
    const until = performance.now() + 0.2
    while (performance.now() < until);
    return null
  }
  const providers = providersOf([{ models }], slow)
  // The first call has found out whether it lists models.
  await providers.testProvider('provider-0')
  providers.forgetPrices()
  let turns = 0
  const count = setInterval(() => (turns += 1), 1)
  onTestFinished(() => clearInterval(count))
  const { items } = await providers.listModels()
  expect(items[0]?.models).toHaveLength(501)
  expect(turns).toBeGreaterThan(5)
})
