import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { readModels } from './read-models.ts'
import type { ProviderConfig } from './types.ts'

const PROXY: ProviderConfig = {
  name: 'proxy',
  kind: 'configured',
  baseUrl: null,
  api: 'chat_completions',
  apiKey: null,
  keyName: null,
  storedKey: null,
  setBy: null,
  defaultModel: null,
  models: [],
  modelPatterns: [],
  maxRetries: 1,
  headers: {},
}

/** A provider with so many models, each described in 800 bytes. */
async function offering(count: number): Promise<ProviderConfig> {
  const description = 'A river bends on its way to the sea. '.repeat(20)
  const data = Array.from({ length: count }, (_, index) => ({ id: `model-${index}`, description }))
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ data }))
  })
  onTestFinished(() => void server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { ...PROXY, baseUrl: `http://127.0.0.1:${port}/v1` }
}

test('a list of models that would block the event loop is refused with what to do', async () => {
  const short = await readModels(await offering(2_000), 5_000)
  expect(short).toMatchObject({ problem: null, models: { length: 2_000 } })

  expect(await readModels(await offering(4_000), 5_000)).toEqual({
    models: [],
    problem: expect.stringMatching(/^The list of models of proxy is larger than 2 MB\. Name /),
    answers: true,
  })
})
