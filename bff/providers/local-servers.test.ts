// Local servers, with the real list formats of llama.cpp, Ollama and vLLM.
import { once } from 'node:events'
import { join } from 'node:path'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { ProviderList } from '#shared/api.ts'
import type { ProviderConfig } from '../upstream/types.ts'
import { temporaryDatabase, temporaryFolder } from '../testing/temporary-database.ts'
import { startForTest } from '../testing/start-tally.ts'
import { Problem } from '../http/problem.ts'
import { openAddedProviders } from './added-providers.ts'
import { openDefaultModel } from './default-model.ts'
import { describeProvider } from './describe-provider.ts'
import { Discovery, LOCAL_SERVERS } from './discover.ts'
import { openKeyFile } from './key-file.ts'
import { readModels } from '../upstream/read-models.ts'
import { settingRoutes } from './setting-routes.ts'
import { openGeneralSettings } from './general-settings-store.ts'
import { openGivenWindows } from './window-store.ts'
import { Providers, type ProviderParts } from './providers.ts'

const LOCAL: ProviderConfig = {
  name: 'llama.cpp',
  kind: 'discovered',
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

type Answer = { status: number; body: object } | object

async function serve(answer: (request: IncomingMessage) => Answer | Promise<Answer>) {
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const given = await answer(request)
    const { status, body } = 'status' in given ? given : { status: 200, body: given }
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  }
  const server = createServer((request, response) => void handle(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { port: address.port, baseUrl: `http://127.0.0.1:${address.port}/v1` }
}

const NOTHING = { status: 404, body: {} }
const UNAUTHORISED = { status: 401, body: { error: { message: 'Invalid API Key', code: 401 } } }

function llamaCpp(id: string, meta: object | null, props: Answer = NOTHING) {
  return serve(({ url = '' }) => {
    if (url === '/v1/models') return { data: [{ id, owned_by: 'llamacpp', meta }] }
    return url.startsWith('/props') ? props : NOTHING
  })
}

function found(servers: { name: string; port: number }[], changes: Partial<ProviderParts> = {}) {
  return new Providers({
    configured: () => [],
    defaultModel: () => null,
    discover: true,
    localServers: servers,
    price: () => null,
    contextWindow: () => null,
    ...changes,
  })
}

const windowOf = async (name: string, { port }: { port: number }, model: string) =>
  found([{ name, port }]).windowOf({ provider: name, model })

test('llama.cpp reports its context in its list, older versions on another endpoint', async () => {
  expect(await windowOf('llama.cpp', await llamaCpp('a', { n_ctx: 8192 }), 'a')).toBe(8192)
  const props = { default_generation_settings: { n_ctx: 4096 } }
  expect(await windowOf('llama.cpp', await llamaCpp('a', null, props), 'a')).toBe(4096)
  expect(await windowOf('llama.cpp', await llamaCpp('a', { n_ctx: 'many' }), 'a')).toBeNull()
})

test('Ollama reports the configured context, or else the maximum', async () => {
  const ollama = await serve(async (request) => {
    if (request.url === '/v1/models') {
      const data = ['set', 'unset', 'broken'].map((id) => ({ id, created: 1, owned_by: 'library' }))
      return { data }
    }
    if (request.url !== '/api/show') return NOTHING
    const asked = await json(request)
    const info = { model_info: { 'qwen3.context_length': 40_960, 'qwen3.block_count': 36 } }
    if (JSON.stringify(asked) === '{"model":"set"}') {
      return { ...info, parameters: 'stop "<|im_end|>"\nnum_ctx                        8192' }
    }
    return JSON.stringify(asked) === '{"model":"unset"}' ? info : { status: 500, body: {} }
  })
  expect(await windowOf('ollama', ollama, 'set')).toBe(8192)
  expect(await windowOf('ollama', ollama, 'unset')).toBe(40_960)
  expect(await windowOf('ollama', ollama, 'broken')).toBeNull()
})

test('a window the user entered takes precedence over the server’s', async () => {
  const server = await llamaCpp('a', { n_ctx: 8192 })
  const providers = found([{ name: 'llama.cpp', port: server.port }], {
    givenWindow: (provider, model) => (provider === 'llama.cpp' && model === 'a' ? 2048 : null),
  })
  expect(await providers.resolve({ provider: 'llama.cpp', model: 'a' })).toMatchObject({
    contextWindow: 2048,
    server: 'llama.cpp',
  })
})

test('a changed model at the same address is noticed before the next request', async () => {
  let model = 'old'
  const server = await serve(({ url }) =>
    url === '/v1/models'
      ? { data: [{ id: model, owned_by: 'llamacpp', meta: { n_ctx: 1 } }] }
      : NOTHING,
  )
  const providers = found([{ name: 'llama.cpp', port: server.port }])
  const wanted = { provider: 'llama.cpp', model: null }
  expect(await providers.resolve(wanted)).toMatchObject({ model: 'old' })
  model = '/models/new.gguf'
  await expect
    .poll(() => providers.resolve(wanted), { timeout: 10_000 })
    .toMatchObject({ model: '/models/new.gguf' })
  await expect(providers.resolve({ provider: 'llama.cpp', model: 'old' })).rejects.toMatchObject({
    code: 'model_not_found',
    message: expect.stringContaining('llama.cpp now has new.gguf, and no longer old'),
  })
})

test('two servers of one kind are named with their ports', async () => {
  const [one, two] = [await llamaCpp('a', null), await llamaCpp('b', null)]
  const servers = [one, two].map(({ port }) => ({ name: 'llama.cpp', port }))
  const discovery = new Discovery(servers, () => [])
  const names = ['llama.cpp', `llama.cpp:${two.port}`]
  expect((await discovery.found()).map(({ name }) => name)).toEqual(names)
  expect(names.map((name) => discovery.candidate(name)?.baseUrl)).toEqual([
    one.baseUrl,
    two.baseUrl,
  ])
  expect(LOCAL_SERVERS).toContainEqual({ name: 'llama.cpp', port: 9931 })
})

test('a discovered server answers if no provider is configured', async () => {
  const server = await llamaCpp('qwen3', { n_ctx: 8192 })
  const providers = found([{ name: 'llama.cpp', port: server.port }])
  expect((await providers.listModels()).default).toEqual({ provider: 'llama.cpp', model: 'qwen3' })
  expect(await providers.resolve({ provider: null, model: null })).toMatchObject({
    provider: 'llama.cpp',
    kind: 'discovered',
  })
})

test.each([
  ['at once', () => UNAUTHORISED],
  [
    'after it has listed its models',
    ({ url = '' }: IncomingMessage) =>
      url === '/v1/models' ? { data: [{ id: 'a', owned_by: 'llamacpp' }] } : UNAUTHORISED,
  ],
])('a server that asks for a key %s is there, and says so', async (_, answer) => {
  const server = await serve(answer)
  const providers = found([{ name: 'llama.cpp', port: server.port }])
  expect((await providers.listModels()).items[0]).toMatchObject({
    name: 'llama.cpp',
    kind: 'discovered',
    needsKey: true,
  })
})

test('adding its key makes it an added provider with the same name', async () => {
  const server = await serve(({ headers }) =>
    headers.authorization === 'Bearer secret-of-mine'
      ? { data: [{ id: 'a', owned_by: 'llamacpp', meta: { n_ctx: 8192 } }] }
      : UNAUTHORISED,
  )
  const found = { ...LOCAL, name: 'llama.cpp', baseUrl: server.baseUrl }
  const db = await temporaryDatabase()
  const file = join(temporaryFolder(), 'keys.json')
  const now = () => new Date()
  const keys = await openKeyFile({ file, secret: null, isLocal: true, now, onNote: () => {} })
  const nothing = () => {}
  const added = await openAddedProviders({
    db,
    keys,
    now,
    namesInUse: async () => [found.name],
    onChange: nothing,
    onRemoved: nothing,
  })
  const routes = settingRoutes({
    providers: {
      find: (name) => [...added.list(), found].find((one) => one.name === name),
      describe: async (name) => {
        const provider = [...added.list(), found].find((one) => one.name === name) ?? found
        return describeProvider(provider, null, null, null)
      },
    },
    added,
    defaultModel: await openDefaultModel(db, null),
    general: await openGeneralSettings(db),
    windows: await openGivenWindows(db),
    keysEncrypted: false,
  })
  routes.onError((error) => (error instanceof Problem ? error.toResponse() : Response.error()))
  const put = (baseUrl = server.baseUrl) =>
    routes.request('/api/providers/llama.cpp/key', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key: 'secret-of-mine', baseUrl }),
    })
  const elsewhere = await put('http://127.0.0.1:9931/v1')
  expect(await elsewhere.json()).toMatchObject({ status: 409, code: 'address_changed' })
  expect(added.list()).toEqual([])
  // Two clicks.
  const [response, again] = await Promise.all([put(), put()])
  expect(again.status).toBe(200)
  expect(await response.json()).toMatchObject({
    name: 'llama.cpp',
    kind: 'configured',
    keySource: 'stored',
  })
  const [provider] = added.list()
  if (provider === undefined) throw new Error('nothing was added')
  expect(await readModels(provider, 1000)).toMatchObject({ problem: null, models: [{ id: 'a' }] })
})

test('a page that requires a password is not a model server', async () => {
  const page = await serve(() => ({ status: 401, body: {} }))
  const providers = found([{ name: 'vllm', port: page.port }])
  expect((await providers.listModels()).items.map(({ name }) => name)).toEqual(['demo'])
})

test('a window the user enters is stored and can be removed', async () => {
  const server = await llamaCpp('a', { n_ctx: 8192 })
  const env = { OPENAI_BASE_URL: server.baseUrl, OPENAI_MODEL: 'a' }
  const before = await startForTest(env)
  const name = new URL(server.baseUrl).host
  const path = `/api/providers/${encodeURIComponent(name)}/context-window`
  const put = (contextWindow: unknown) => before.send('PUT', path, { model: 'a', contextWindow })
  expect(await put(1024)).toMatchObject({
    status: 200,
    json: { capabilities: { contextWindow: 1024 } },
  })
  expect((await put(0)).status).toBe(400)
  expect((await put('x')).status).toBe(400)
  const listed = ProviderList.parse((await before.send('GET', '/api/providers')).json)
  expect(listed.items[0]?.capabilities.contextWindow).toBe(1024)
  await before.stop()
  const after = await startForTest(env, before.folder)
  const there = ProviderList.parse((await after.send('GET', '/api/providers')).json)
  expect(there.items[0]?.capabilities.contextWindow).toBe(1024)
  expect(await after.send('PUT', path, { model: 'a', contextWindow: null })).toMatchObject({
    json: { capabilities: { contextWindow: 8192 } },
  })
})
