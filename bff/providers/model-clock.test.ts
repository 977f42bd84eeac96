import { expect, onTestFinished, test, vi } from 'vitest'
import { startFakeUpstream } from '../../e2e/fake-upstream.ts'
import { ModelCache } from './model-cache.ts'

test('setting the clock back does not freeze the list of models', async () => {
  const models = ['one']
  const upstream = await startFakeUpstream({}, { models })
  onTestFinished(() => upstream.close())
  vi.useFakeTimers({ toFake: ['Date', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const cache = new ModelCache()
  const provider = {
    name: 'clock',
    kind: 'configured' as const,
    baseUrl: upstream.baseUrl,
    api: 'chat_completions' as const,
    apiKey: null,
    keyName: null,
    storedKey: null,
    setBy: null,
    defaultModel: null,
    models: [],
    modelPatterns: [],
    maxRetries: 0,
    headers: {},
  }
  const listed = async () => (await cache.offerOf(provider)).models.map(({ id }) => id)
  expect(await listed()).toEqual(['one'])
  models.push('two')
  vi.setSystemTime(Date.now() - 24 * 3_600_000)
  vi.advanceTimersByTime(61_000)
  for (let tries = 0; tries < 100 && (await listed()).length < 2; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  expect(await listed()).toEqual(['one', 'two'])
})
