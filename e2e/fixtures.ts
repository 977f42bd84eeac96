// Extends `test`: each test has its own server and data, the upstream it chooses, and guarded pages.
// The servers of one worker run in one process.
import { LLMock } from '@copilotkit/aimock'
import { test as base } from '@playwright/test'
import type { ApiKind } from '#shared/api.ts'
import { Api } from './api.ts'
import { type FakeUpstream, startFakeUpstream } from './fake-upstream.ts'
import { guardPages, type PageGuard } from './page-guard.ts'
import { ChatPage } from './pages/chat-page.ts'
import { UsagePage } from './pages/usage-page.ts'
import { type Env, launchProduct, Tally } from './tally.ts'
import { TallyHost } from './tally-host.ts'

export { expect } from '@playwright/test'

/** The upstream: the demo, a well-behaved provider, or a fake that the test scripts. */
export type Provider = { upstream: 'demo' } | { upstream: 'aimock' | 'fake'; api: ApiKind }

interface Options {
  provider: Provider
  /** Settings of the server besides its provider. */
  env: Env
  /** Where the server runs: in the process that the tests of a worker share, with additional agents
   * whose tools a test controls, or in a process of its own. */
  entry: 'shared' | 'slowTools' | 'product'
  /** The models that the fake upstream lists. */
  models: string[]
  /** Characters per delta of aimock. */
  chunkSize: number
}

interface Fixtures {
  aimock: LLMock
  fake: FakeUpstream
  tally: Tally
  api: Api
  guard: PageGuard
  chat: ChatPage
  usage: UsagePage
}

export const KEY = 'sk-e2e-0123456789'
/** A model with a public price. */
export const MODEL = 'gpt-4.1-mini'

export const test = base.extend<Options & Fixtures, { host: TallyHost }>({
  provider: [{ upstream: 'demo' }, { option: true }],
  env: [{}, { option: true }],
  entry: ['shared', { option: true }],
  models: [[MODEL, 'gpt-4.1'], { option: true }],
  chunkSize: [12, { option: true }],

  aimock: async ({ chunkSize }, provide) => {
    const mock = await LLMock.create({ port: 0, host: '127.0.0.1', chunkSize })
    await provide(mock)
    await mock.stop()
  },

  fake: async ({ models }, provide) => {
    const fake = await startFakeUpstream({}, { models })
    await provide(fake)
    await fake.close()
  },

  host: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, provide) => {
      const host = new TallyHost()
      await provide(host)
      await host.close()
    },
    { scope: 'worker' },
  ],

  tally: async ({ provider, env, entry, host, aimock, fake }, provide, testInfo) => {
    const launch =
      entry === 'product'
        ? launchProduct
        : host.launchWith(entry === 'slowTools' ? 'slowTools' : 'product')
    const baseUrl = provider.upstream === 'aimock' ? `${aimock.url}/v1` : fake.baseUrl
    await using tally = await Tally.start({ ...providerEnv(provider, baseUrl), ...env }, launch)
    await provide(tally)
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('server output', { body: tally.output })
    }
  },

  api: async ({ tally }, provide) => provide(new Api(tally.url)),

  baseURL: async ({ tally }, provide) => provide(tally.url),

  guard: async ({ context, tally }, provide) => {
    const guard = await guardPages(context, tally.url)
    await provide(guard)
    if (guard.problems.length > 0) throw new Error(guard.problems.join('\n'))
  },

  page: async ({ page, guard: _watching }, provide) => provide(page),

  chat: async ({ page }, provide) => provide(new ChatPage(page)),
  usage: async ({ page }, provide) => provide(new UsagePage(page)),
})

function providerEnv(provider: Provider, baseUrl: string): Env {
  if (provider.upstream === 'demo') return {}
  return {
    OPENAI_API_KEY: KEY,
    OPENAI_BASE_URL: baseUrl,
    OPENAI_API: provider.api,
    OPENAI_MODEL: MODEL,
  }
}
