// Over the real wire: what a model with a small window is sent of a long conversation.
import { describe, expect, test } from 'vitest'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'
import { fakeTarget } from '../testing/recorded-run.ts'
import { toolResultItem, userItem } from '../upstream/items.ts'
import type { Item } from '../upstream/types.ts'
import { calculate } from '../agents/assistant/tools/calculate.ts'
import { fitAfter } from './fit-history.ts'
import { modelInput } from './history.ts'

const WORDS = 'The river finds the sea by the shortest way that the land leaves it. '

const answer = (text: string): Item => ({
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text }],
})
const called = (callId: string): Item => ({
  type: 'function_call',
  callId,
  name: 'calculate',
  arguments: '{"expression":"1"}',
})

/** About 250 tokens each. */
function turn(n: number): Item[] {
  return [userItem(`Question ${n}. ${WORDS.repeat(8)}`), answer(`Answer ${n}. ${WORDS.repeat(8)}`)]
}

function withTool(n: number): Item[] {
  const result = toolResultItem(
    `call_${n}`,
    'calculate',
    `Result ${n}. ${WORDS.repeat(200)} End ${n}.`,
  )
  return [userItem(`Sum ${n}`), called(`call_${n}`), result, answer(`Answer ${n}.`)]
}

const turns = (count: number) => Array.from({ length: count }, (_, n) => turn(n)).flat()

describe.for(['responses', 'chat_completions'] as const)('on %s', (api) => {
  async function ask(history: Item[], contextWindow: number | null, changes = {}) {
    const upstream = await upstreamFor({ parts: [{ text: 'So it is.' }] })
    const target = { ...fakeTarget(upstream.baseUrl, api), contextWindow }
    const { recorded, outcome } = begin(target, agentWith([calculate]), { history, ...changes })
    expect(await outcome).toEqual({ status: 'completed' })
    return { sent: JSON.stringify(upstream.calls[0]?.body), context: recorded.eventsOf('context') }
  }

  test('the oldest turns are left out, and the run says so', async () => {
    const { sent, context } = await ask([...turns(30), userItem('And now?')], 4_000)
    expect(sent).toContain('Be brief.')
    expect(sent).toContain('And now?')
    expect(sent).toContain('Answer 29.')
    expect(sent).not.toContain('Question 0.')
    const first = Number(/Question (\d+)/.exec(sent)?.[1])
    expect(context).toMatchObject([{ kind: 'left_out', messages: 2 * first }])
    expect(context[0]?.tokens).toBeGreaterThan(200 * first)
    expect(context).toHaveLength(1)
  })

  test('old results are shortened before a message is left out', async () => {
    const history = [withTool(1), withTool(2), turn(3), turn(4), turn(5)].flat()
    const { sent, context } = await ask([...history, userItem('And now?')], 6_000)
    expect(sent).toContain('Sum 1')
    expect(sent).toContain('Result 1.')
    expect(sent).toContain('End 1.')
    expect(sent).toContain('characters are left out here')
    expect(context).toMatchObject([{ kind: 'left_out', messages: 0, results: expect.any(Number) }])
  })

  test('what the provider refuses as too long is sent again with less', async () => {
    const history = [...turns(30), userItem('And now?')]
    const message = 'This model has a maximum context length of 3000 tokens.'
    const upstream = await upstreamFor((call) =>
      JSON.stringify(call.body).includes('Question 25.')
        ? { status: 400, errorBody: { error: { message, code: 'context_length_exceeded' } } }
        : { parts: [{ text: 'So it is.' }] },
    )
    const target = { ...fakeTarget(upstream.baseUrl, api), contextWindow: 4_000 }
    const { recorded, outcome } = begin(target, agentWith([calculate]), { history })
    expect(await outcome).toEqual({ status: 'completed' })
    const statuses = recorded.ledger.rows.map(({ status }) => status)
    expect(statuses.at(-1)).toBe('completed')
    expect(statuses.length).toBeGreaterThan(1)
    expect(JSON.stringify(upstream.calls.at(-1)?.body)).toContain('Answer 29.')
    expect(recorded.eventsOf('context').length).toBe(statuses.length)
  })

  test('a refusal that leaving out does not mend fails once', async () => {
    const upstream = await upstreamFor({
      status: 400,
      errorBody: { error: { message: 'Too long.', code: 'context_length_exceeded' } },
    })
    const target = { ...fakeTarget(upstream.baseUrl, api), contextWindow: 100_000 }
    const { outcome } = begin(target, agentWith([]), { history: [userItem('And now?')] })
    expect(await outcome).toMatchObject({ status: 'failed', code: 'context_too_long' })
    expect(upstream.calls).toHaveLength(1)
  })

  test('a conversation that fits, or a window that is unknown, loses nothing', async () => {
    for (const window of [100_000, null]) {
      const { sent, context } = await ask([...turns(30), userItem('And now?')], window)
      expect(sent).toContain('Question 0.')
      expect(context).toEqual([])
    }
  })

  test('what the answer before has said already is not said again', async () => {
    const history = [...turns(30), userItem('And now?')]
    const { context } = await ask(history, 4_000)
    const leftOut = { messages: context[0]?.messages, results: 0, tokens: 1 }
    expect((await ask(history, 4_000, { leftOut })).context).toEqual([])
  })
})

test('fitting 10,000 items holds the event loop for no more than 10 ms at a time', async () => {
  const items = Array.from({ length: 2_500 }, (_, n) => withSmallTool(n)).flat()
  const history = await modelInput([...items, userItem('And now?')])
  expect(history).toHaveLength(10_001)
  const blocks: number[] = []
  // The fastest of three: code is compiled in the first.
  for (let round = 0; round < 3; round += 1) {
    const fit = fitAfter(history, { window: 128_000, outputLimit: null, fixed: ['Be brief.'] })
    const watched = await longestBlock(() => fit([]))
    const { input, leftOut, tokens } = watched.value
    blocks.push(watched.cpuMs)
    expect(input.length).toBeLessThan(10_001)
    expect(leftOut.messages).toBeGreaterThan(1_000)
    expect(tokens).toBeLessThan(128_000)
  }
  expect(Math.min(...blocks)).toBeLessThan(10)
})

/** In processor time of this thread, because the machine does other work too. */
async function longestBlock<T>(work: () => Promise<T>): Promise<{ value: T; cpuMs: number }> {
  const now = () => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1000
  }
  let cpuMs = 0
  let last = now()
  const tick = () => {
    const at = now()
    cpuMs = Math.max(cpuMs, at - last)
    last = at
  }
  const timer = setInterval(tick, 1)
  const value = await work()
  tick()
  clearInterval(timer)
  return { value, cpuMs }
}

function withSmallTool(n: number): Item[] {
  const result = toolResultItem(`call_${n}`, 'calculate', WORDS.repeat(3))
  return [userItem(`Sum ${n}. ${WORDS}`), called(`call_${n}`), result, answer(WORDS.repeat(5))]
}
