// The limits of nested runs, and what they leave to the run around them.
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Script } from '../../e2e/fake-upstream.ts'
import { agentTool } from './agent-tool.ts'
import type { AgentLimits } from './define-agent.ts'
import { defineTool } from './define-tool.ts'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'
import { fakeTarget } from '../testing/recorded-run.ts'

const add = defineTool({
  name: 'add',
  description: 'Adds.',
  parameters: z.object({ a: z.number() }),
  execute: ({ a }, { signal }) =>
    a < 100 ? a : new Promise((_, reject) => signal.addEventListener('abort', reject)),
})

/** A boss that gives `works` to workers at once, each of which adds without end. */
async function work(workerLimits: AgentLimits, bossLimits: AgentLimits = {}, works = 1, a = 1) {
  const worker = agentWith([add], { name: 'worker', limits: workerLimits })
  const tool = agentTool({ name: 'work', description: 'Works.', agent: 'worker' })
  const boss = agentWith([tool], { limits: bossLimits })
  let calls = 0
  const script: Script = ({ body }) => {
    const text = JSON.stringify(body)
    if (JSON.stringify(body['tools']).includes('"add"')) {
      calls += 1
      return { parts: [{ call: { name: 'add', arguments: { a: works > 1 ? a : calls * a } } }] }
    }
    if (text.includes('function_call_output') || text.includes('"role":"tool"')) {
      return { parts: [{ text: 'Done.' }] }
    }
    const call = (n: number) => ({ call: { name: 'work', arguments: { input: `Part ${n}` } } })
    return { parts: Array.from({ length: works }, (_, n) => call(n)) }
  }
  const upstream = await upstreamFor(script)
  const begun = begin(fakeTarget(upstream.baseUrl, 'responses'), [boss, worker], { maxTurns: 9 })
  return { ...begun, upstream }
}

test.for([
  ['turns', { turns: 2 }, /after 2 model calls/],
  ['tool calls', { toolCalls: 2 }, /after 2 tool calls/],
] as const)('a limit of %s ends the nested run alone', async ([, limits, sentence]) => {
  const { recorded, outcome } = await work(limits)
  expect(await outcome).toEqual({ status: 'completed' })
  expect(recorded.message.parts).toMatchObject([
    { name: 'work', status: 'failed', output: expect.stringMatching(sentence) },
    { type: 'text', text: 'Done.' },
  ])
})

test('the time of a nested run ends its tools and not the run', async () => {
  const { recorded, outcome } = await work({ wallTimeMs: 300 }, {}, 1, 100)
  expect(await outcome).toEqual({ status: 'completed' })
  expect(recorded.message.parts).toMatchObject([
    { name: 'work', status: 'failed', output: expect.stringMatching(/seconds of work/) },
    { text: 'Done.' },
  ])
})

test('what nested runs do counts for the run around them', async () => {
  const { outcome } = await work({}, { toolCalls: 3 })
  expect(await outcome).toMatchObject({ status: 'failed', code: 'max_tool_calls' })
})

test('nested runs at once that make the same call repeat nothing', async () => {
  const { recorded, outcome } = await work({ turns: 1 }, {}, 3)
  expect(await outcome).toEqual({ status: 'completed' })
  const adds = recorded.eventsOf('tool_result').filter(({ name }) => name === 'add')
  expect(adds.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok'])
})

test('a nested run that repeats its own call ends', async () => {
  const { recorded, outcome } = await work({}, {}, 2)
  expect(await outcome).toEqual({ status: 'completed' })
  for (const part of recorded.message.parts.slice(0, 2)) {
    expect(part).toMatchObject({ output: expect.stringMatching(/three times in a row/) })
  }
})
