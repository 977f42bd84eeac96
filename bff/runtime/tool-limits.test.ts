// What a tool says while it runs, how many calls of it run at once, and whose time the person's is.
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { END } from '../testing/asking-agent.ts'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'
import { fakeTarget } from '../testing/recorded-run.ts'
import { defineTool } from './define-tool.ts'
import { ToolError } from './tool-error.ts'

describe.for(['responses', 'chat_completions'] as const)('on %s', (api) => {
  test('a tool says how far it is while it runs, and not after it', async () => {
    const goOn = Promise.withResolvers<void>()
    let late: (text: string) => void = () => {}
    const copy = defineTool({
      name: 'copy',
      description: 'Copies.',
      parameters: z.object({}),
      execute: async (_, { progress }) => {
        progress('1 of 2 files')
        await goOn.promise
        progress('2 of 2 files')
        late = progress
        return 'Copied.'
      },
    })
    const call = { call: { name: 'copy', arguments: {}, id: 'call_copy' } }
    const upstream = await upstreamFor([{ parts: [call] }, END])
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api), agentWith([copy]))
    await recorded.saw((event) => event.type === 'tool_call' && event.phase === 'progress')
    expect(recorded.message.parts).toMatchObject([{ status: 'running', progress: '1 of 2 files' }])
    goOn.resolve()
    expect(await outcome).toEqual({ status: 'completed' })
    late('3 of 2 files')
    const told = recorded.eventsOf('tool_call').filter(({ phase }) => phase === 'progress')
    expect(told).toMatchObject(
      ['1 of 2 files', '2 of 2 files'].map((text) => ({ callId: 'call_copy', name: 'copy', text })),
    )
    expect(recorded.message.parts[0]).toMatchObject({ status: 'done', output: 'Copied.' })
    expect(JSON.stringify(upstream.calls[1]?.body)).not.toContain('of 2 files')
  })

  test.for([
    ['two', 2],
    ['without a limit all', Number.POSITIVE_INFINITY],
  ] as const)('of five calls at once, %s are executed at a time', async ([, maxConcurrent]) => {
    let running = 0
    let most = 0
    const fetchPage = defineTool({
      name: 'fetch_page',
      description: 'Fetches.',
      parameters: z.object({ page: z.number() }),
      maxConcurrent,
      execute: async ({ page }) => {
        running += 1
        most = Math.max(most, running)
        await sleep(20)
        running -= 1
        return `Page ${page}`
      },
    })
    const parts = [1, 2, 3, 4, 5].map((page) => ({
      call: { name: 'fetch_page', arguments: { page }, id: `call_${page}` },
    }))
    const upstream = await upstreamFor([{ parts }, END])
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api), agentWith([fetchPage]))
    expect(await outcome).toEqual({ status: 'completed' })
    expect(most).toBe(Math.min(5, maxConcurrent))
    const outputs = recorded.eventsOf('tool_result').map(({ output }) => output)
    expect(outputs.toSorted()).toEqual(['Page 1', 'Page 2', 'Page 3', 'Page 4', 'Page 5'])
  })
})

const WALL_TIME_MS = 400

/** A run whose tool asks a person, who takes `personMs`, and then works for `workMs`. */
async function asks(personMs: number, workMs: number) {
  const pay = defineTool({
    name: 'pay',
    description: 'Pays.',
    parameters: z.object({}),
    needsApproval: true,
    execute: async (_, { signal }) => {
      await sleep(workMs, undefined, { signal })
      return 'Paid.'
    },
  })
  const upstream = await upstreamFor([{ parts: [{ call: { name: 'pay', arguments: {} } }] }, END])
  const agent = agentWith([pay], { limits: { wallTimeMs: WALL_TIME_MS } })
  const person = {
    ask: () => sleep(personMs, { decision: 'approve' }),
    isLeaving: () => false,
    ruleFor: () => Promise.resolve(null),
  }
  return begin(fakeTarget(upstream.baseUrl, 'responses'), agent, { person })
}

test('the clock of the time limit stops while a person decides', async () => {
  const { recorded, outcome } = await asks(WALL_TIME_MS * 2, 0)
  expect(await outcome).toEqual({ status: 'completed' })
  expect(recorded.eventsOf('tool_result')).toMatchObject([{ status: 'ok', output: 'Paid.' }])
})

test('the clock of the time limit goes on after the decision', async () => {
  const { outcome } = await asks(WALL_TIME_MS * 2, 60_000)
  expect(await outcome).toMatchObject({ status: 'failed', code: 'max_time' })
})

test('an error may have one text for the model and another for the person', async () => {
  const pay = defineTool({
    name: 'pay',
    description: 'Pays.',
    parameters: z.object({}),
    execute: () => {
      throw new ToolError('Account 7 is frozen. Do not try again.', 'The account is frozen')
    },
  })
  const upstream = await upstreamFor([{ parts: [{ call: { name: 'pay', arguments: {} } }] }, END])
  const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, 'responses'), agentWith([pay]))
  await outcome
  expect(recorded.message.parts[0]).toMatchObject({
    status: 'failed',
    label: 'The account is frozen',
    output: 'The tool failed: Account 7 is frozen. Do not try again.',
  })
  expect(JSON.stringify(upstream.calls[1]?.body)).toContain('Do not try again.')
})
