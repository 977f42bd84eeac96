// An ordinary conversation against an independent mock of the OpenAI wire, so that our own fake
// upstream and our own reading of it cannot be wrong together.
import { LLMock } from '@copilotkit/aimock'
import { describe, expect, onTestFinished, test } from 'vitest'
import { assistant } from '../agents/assistant/agent.ts'
import { userItem } from '../upstream/items.ts'
import { fakeTarget } from '../testing/recorded-run.ts'
import { begin } from '../testing/begin-run.ts'

async function startMock(): Promise<LLMock> {
  const mock = new LLMock({ port: 0, chunkSize: 5 })
  await mock.start()
  onTestFinished(() => mock.stop())
  return mock
}

describe.for(['responses', 'chat_completions'] as const)('on %s', (api) => {
  test('a greeting is answered, streamed and counted', async () => {
    const mock = await startMock()
    mock.onMessage('hello', { content: 'Hi there, how are you?' })
    const history = [userItem('hello')]
    const { recorded, outcome } = begin(fakeTarget(`${mock.url}/v1`, api), assistant, { history })
    expect(await outcome).toEqual({ status: 'completed' })
    expect(recorded.text).toBe('Hi there, how are you?')
    expect(recorded.eventsOf('token').length).toBeGreaterThan(2)
    expect(recorded.ledger.rows).toMatchObject([
      { status: 'completed', rawUsage: { total_tokens: expect.any(Number) } },
    ])
  })

  test('a tool call goes round, and the next turn knows of it', async () => {
    const mock = await startMock()
    mock.on(
      { userMessage: 'six times seven', hasToolResult: false },
      { toolCalls: [{ name: 'calculate', arguments: '{"expression":"6 * 7"}' }] },
    )
    mock.on({ toolResultContains: '42' }, { content: 'It is 42.' })
    const history = [userItem('six times seven')]
    const { recorded, outcome } = begin(fakeTarget(`${mock.url}/v1`, api), assistant, { history })
    expect(await outcome).toEqual({ status: 'completed' })
    expect(recorded.message.parts).toMatchObject([
      { type: 'tool_call', name: 'calculate', status: 'done', output: '42' },
      { type: 'text', text: 'It is 42.' },
    ])
    mock.onMessage('and again?', { content: 'Still 42.' })
    const next = [...history, ...recorded.items, userItem('and again?')]
    const second = begin(fakeTarget(`${mock.url}/v1`, api), assistant, { history: next })
    expect(await second.outcome).toEqual({ status: 'completed' })
    expect(second.recorded.text).toBe('Still 42.')
  })
})
