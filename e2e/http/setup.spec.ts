import { AgentList, Health, ModelList, ProviderList } from '#shared/api.ts'
import { expect, test } from '../fixtures.ts'

test('without a key the demo is the default and marked as such', async ({ api }) => {
  const models = ModelList.parse(await (await api.request('/api/models')).json())

  expect(models.items.map(({ kind }) => kind)).toEqual(['demo'])
  expect(models.default?.provider).toBe(models.items[0]?.name)
  expect(models.items[0]?.models[0]?.price?.origin).toBe('demo')
})

test('the server reports its health and version', async ({ api }) => {
  const health = Health.parse(await (await api.request('/api/health')).json())

  expect(health.status).toBe('ok')
  expect(health.version).toMatch(/^\d+\.\d+\.\d+/)
})

test('the assistant and its tools are listed', async ({ api }) => {
  const { items } = AgentList.parse(await (await api.request('/api/agents')).json())
  const assistant = items.find(({ name }) => name === 'assistant')

  expect(assistant?.description).not.toBe('')
  expect(assistant?.tools.length).toBeGreaterThanOrEqual(4)
})

test.describe('with a provider', () => {
  test.use({ provider: { upstream: 'aimock', api: 'chat_completions' } })

  test('it is listed without its key', async ({ api, aimock }) => {
    const text = await (await api.request('/api/providers')).text()
    const { items } = ProviderList.parse(JSON.parse(text))

    expect(items[0]).toMatchObject({
      kind: 'configured',
      baseUrl: `${aimock.url}/v1`,
      api: 'chat_completions',
      keySource: 'environment',
      keyName: 'OPENAI_API_KEY',
    })
    expect(text).not.toContain('sk-e2e')
  })
})
