import { expect, onTestFinished, test, vi } from 'vitest'
import { type ApiKind, Conversation, Problem, Run, UsageSummary } from '#shared/api.ts'
import { RequestEstimate } from '#shared/estimate.ts'
import { type FakeUpstream, startFakeUpstream } from '../../e2e/fake-upstream.ts'
import { chats } from '../../e2e/scripts.ts'
import { readConfig } from '../config/config.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { createLog } from '../log/log.ts'
import { openTally } from '../compose.ts'

class Opened {
  readonly upstream: FakeUpstream
  readonly #ask: (path: string, init?: RequestInit) => Promise<Response>

  constructor(
    upstream: FakeUpstream,
    ask: (path: string, init?: RequestInit) => Promise<Response>,
  ) {
    this.upstream = upstream
    this.#ask = ask
  }

  send(method: string, path: string, body: unknown): Promise<Response> {
    const headers = { 'Content-Type': 'application/json' }
    return this.#ask(path, { method, headers, body: JSON.stringify(body) })
  }

  async estimate(body: unknown, conversationId?: string): Promise<RequestEstimate> {
    const path =
      conversationId === undefined
        ? '/api/estimate'
        : `/api/conversations/${conversationId}/estimate`
    return RequestEstimate.parse(await (await this.send('POST', path, body)).json())
  }

  async create(body: unknown = {}): Promise<string> {
    const made = await this.send('POST', '/api/conversations', body)
    return Conversation.parse(await made.json()).id
  }

  async say(conversationId: string, text: string): Promise<void> {
    const { id } = Run.parse(
      await (await this.send('POST', `/api/conversations/${conversationId}/runs`, { text })).json(),
    )
    await vi.waitFor(
      async () => {
        const { status } = Run.parse(await (await this.#ask(`/api/runs/${id}`)).json())
        if (status !== 'completed') throw new Error(`The run is ${status}.`)
      },
      { timeout: 10_000, interval: 20 },
    )
  }

  async calls(purpose: string): Promise<number> {
    const response = await this.#ask(`/api/usage/summary?by=purpose`)
    const { groups } = UsageSummary.parse(await response.json())
    return groups.find(({ key }) => key === purpose)?.totals.calls ?? 0
  }

  /** Sets prices in dollars per million tokens, doubled from `from` input tokens on. */
  async setPrice(input: number, output: number, from: number): Promise<void> {
    const rates = (times: number) => ({
      inputPerMTok: input * 1e9 * times,
      outputPerMTok: output * 1e9 * times,
    })
    const threshold = { inputTokens: from, inclusive: true }
    await this.send('POST', '/api/prices/overrides', {
      modelPattern: 'gpt-4.1-mini',
      rates: rates(1),
      tiers: [{ threshold, rates: rates(2) }],
    })
  }
}

async function open(
  api: ApiKind = 'chat_completions',
  env: Record<string, string> = {},
): Promise<Opened> {
  const upstream = await startFakeUpstream(chats({}), { models: ['gpt-4.1-mini'] })
  const folder = temporaryFolder()
  const config = readConfig(
    {
      DATA_DIR: folder,
      TALLY_DISCOVER: '0',
      OPENAI_API_KEY: 'sk-x',
      OPENAI_BASE_URL: upstream.baseUrl,
      OPENAI_API: api,
      OPENAI_MODEL: 'gpt-4.1-mini',
      ...env,
    },
    folder,
  )
  const { app, end, close } = await openTally(config, '1.2.3', createLog({ write: () => {} }))
  onTestFinished(async () => {
    await end()
    await close()
    await upstream.close()
  })
  return new Opened(upstream, async (path, init) => app.request(path, init))
}

const usage = { prompt_tokens: 5000, completion_tokens: 10, total_tokens: 5010 }

test('the next request carries the last one, its answer and the new text', async () => {
  const tally = await open()
  tally.upstream.setScript(chats({ parts: [{ text: 'Yes.' }], usage }))
  const id = await tally.create({ settings: { maxOutputTokens: 1000 } })
  await tally.say(id, 'Hello')
  const none = await tally.estimate({ text: '' }, id)
  const some = await tally.estimate({ text: 'one two three four five' }, id)

  expect(none.inputTokens).toBeGreaterThanOrEqual(5001)
  expect(none.inputTokens).toBeLessThan(5010)
  expect(some.inputTokens - none.inputTokens).toBe(5)
  // $0.40 and $1.60 per million.
  expect(some).toMatchObject({
    certainty: 'estimated',
    outputLimit: 1000,
    window: expect.any(Number),
    threshold: null,
    cost: {
      minNanoUsd: some.inputTokens * 400,
      maxNanoUsd: some.inputTokens * 400 + 1_600_000,
    },
    price: { inputPerMTok: 400_000_000 },
  })
})

test('a new conversation has instructions, tools and the text', async () => {
  const tally = await open()
  const bare = await tally.estimate({ text: 'Hello' })
  const more = await tally.estimate({
    text: 'Hello',
    settings: { instructions: 'Be brief, please' },
  })

  expect(bare.inputTokens).toBeGreaterThan(100)
  expect(more.inputTokens).toBeGreaterThan(bare.inputTokens)
  expect(bare).toMatchObject({ outputLimit: null, cost: { maxNanoUsd: null } })
  // The budget of every conversation also holds for one that does not exist yet.
  await tally.send('PUT', '/api/budgets', {
    conversation: { limitNanoUsd: 20_000, limitTokens: null },
  })
  const limited = await tally.estimate({ text: 'Hello' })
  const id = await tally.create()
  expect(limited.cost?.maxNanoUsd).toBeGreaterThan(0)
  expect(limited.cost).toEqual((await tally.estimate({ text: 'Hello' }, id)).cost)
  const unknown = await tally.estimate({ text: 'Hello', model: 'home-made-7b' })
  expect(unknown).toMatchObject({ model: 'home-made-7b', cost: null, price: null })
})

test('a budget limits the output if nothing else does', async () => {
  const tally = await open('chat_completions', { TALLY_BUDGET_RUN: '3000 tokens' })
  const { inputTokens, outputLimit } = await tally.estimate({ text: 'Hello' })

  expect(outputLimit).toBe(3000 - inputTokens)
})

test('a length that reprices the whole request is reported before and after it is reached', async () => {
  const tally = await open()
  tally.upstream.setScript(chats({ usage }))
  await tally.setPrice(1, 4, 6000)
  const id = await tally.create()
  await tally.say(id, 'Hello')
  const near = await tally.estimate({ text: 'Hello' }, id)
  expect(near.threshold).toEqual({ fromTokens: 6000, reached: false, times: 2 })
  expect(near.cost?.minNanoUsd).toBe(near.inputTokens * 1000)

  const passed = await tally.estimate({ text: 'word '.repeat(2000) }, id)
  expect(passed.threshold).toEqual({ fromTokens: 6000, reached: true, times: 2 })
  // All tokens are repriced, not only those above the threshold.
  expect(passed.cost?.minNanoUsd).toBe(passed.inputTokens * 2000)

  await tally.setPrice(1, 4, 60_000)
  expect((await tally.estimate({ text: 'Hello' }, id)).threshold).toBeNull()
})

test('a provider that counts is asked once per text, with the request a run would send', async () => {
  const tally = await open('responses')
  tally.upstream.countsAs(321)
  const id = await tally.create({ settings: { instructions: 'Be brief.' } })
  // At an unknown address, a check must first find out that it counts.
  expect(await tally.estimate({ text: 'Hello', exact: true }, id)).toMatchObject({
    canCount: false,
    certainty: 'estimated',
  })
  await checked(tally)
  const counts = tally.upstream.counted.length
  const said = { text: 'How many are these?', exact: true }
  const exact = await tally.estimate(said, id)
  await tally.estimate(said, id)

  expect(exact).toMatchObject({
    inputTokens: 321,
    certainty: 'reported',
    canCount: true,
    cost: { minNanoUsd: 321 * 400 },
  })
  expect(tally.upstream.counted).toHaveLength(counts + 1)
  const [asked] = tally.upstream.counted.slice(counts)
  expect(JSON.stringify(asked)).toContain('How many are these?')
  expect(JSON.stringify(asked?.['instructions'])).toContain('Be brief.')
  expect(asked).toMatchObject({ model: 'gpt-4.1-mini', tools: expect.any(Array) })
  expect(asked).not.toHaveProperty('stream')
  expect(asked).not.toHaveProperty('max_output_tokens')
  expect(await tally.calls('count')).toBe(1)

  // Sends the very same request.
  await tally.say(id, said.text)
  const sent = tally.upstream.calls.find(({ body }) => !('text' in body))?.body
  expect(asked?.['input']).toEqual(sent?.['input'])
  expect(asked?.['tools']).toEqual(sent?.['tools'])
  expect(asked?.['instructions']).toEqual(sent?.['instructions'])
})

/** Runs a check, which reports that the endpoint counts. */
async function checked(tally: Opened): Promise<void> {
  const name = new URL(tally.upstream.baseUrl).host
  const answer = await tally.send('POST', `/api/providers/${name}/check`, { probes: ['count'] })
  expect(answer.ok).toBe(true)
  await expect
    .poll(async () => (await tally.estimate({ text: 'Hello' })).canCount, { timeout: 5000 })
    .toBe(true)
}

test('an unknown agent, provider or model is refused by name', async () => {
  const tally = await open()
  const codes = async (path: string, body: unknown) => {
    return Problem.parse(await (await tally.send('POST', path, body)).json()).code
  }

  expect(await codes('/api/conversations/none/estimate', { text: '' })).toBe(
    'conversation_not_found',
  )
  expect(await codes('/api/estimate', { text: '', agent: 'none' })).toBe('agent_not_found')
  expect(await codes('/api/estimate', { text: '', provider: 'none' })).toBe('provider_not_found')
  expect(await codes('/api/estimate', { text: 5 })).toBe('bad_request')
})
