// The SDK's runner never has what was said before a run, and nobody upstream can tell.
import { Runner } from '@openai/agents'
import { describe, expect, test, vi } from 'vitest'
import type { Script } from '../../e2e/fake-upstream.ts'
import { testParts } from '../testing/agent-parts.ts'
import { calculate } from '../agents/assistant/tools/calculate.ts'
import { buildGraph } from './agent-graph.ts'
import { modelInput, withoutResult } from './history.ts'
import { keepNoFiles } from '../upstream/tool-files.ts'
import { incompleteMessage, toolResultItem, userItem } from '../upstream/items.ts'
import { fakeTarget, RecordedRun } from '../testing/recorded-run.ts'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'
import { NO_RUN } from './run-context.ts'
import { RunLimits } from './run-limits.ts'
import { ToolRuns } from './tool-runs.ts'
import { GuardedModel } from '../upstream/guarded-model.ts'
import { UNWATCHED } from '../upstream/model-sink.ts'
import { endpointOf } from '../upstream/upstream-model.ts'
import type { Item, ModelTarget } from '../upstream/types.ts'

const expert = agentWith([calculate], { name: 'expert', instructions: 'An expert.' })
const agents = [agentWith([calculate], { handoffs: ['expert'] }), expert]
const findAgent = (name: string) => agents.find((agent) => agent.name === name)

function said(callId: string): Item {
  return { type: 'function_call', callId, name: 'calculate', arguments: '{"expression":"1"}' }
}

const HISTORY: Item[] = [
  userItem('Two sums'),
  { type: 'reasoning', id: 'rs_1', content: [] },
  said('a'),
  said('b'),
  toolResultItem('b', 'calculate', '2'),
  withoutResult(toolResultItem('a', 'calculate', 'dropped')),
  incompleteMessage('Half an ans'),
  {
    type: 'message',
    role: 'user',
    content: [
      { type: 'input_text', text: 'And this?' },
      { type: 'input_image', image: 'data:image/png;base64,AAAA' },
    ],
  },
  said('c'),
  { type: 'message', role: 'assistant', content: [{ type: 'refusal', refusal: 'I would not.' }] },
  userItem('One more'),
]

/** As of a run that goes on after a restart. */
const UNFINISHED: Item[] = [userItem('A sum'), said('a'), toolResultItem('a', 'calculate', '1')]

function calls(id: string, name = 'calculate') {
  // The same call over and over would be stopped.
  const given = name === 'calculate' ? { expression: `42+0*${id.slice(1)}` } : {}
  return { call: { id, name, arguments: given } }
}

const END = { parts: [{ text: 'It is 42.' }] }

const SCRIPTS: Record<string, Script> = {
  'an answer': END,
  'a loop of tools': [
    { parts: [{ reasoning: 'Hm.' }, { text: 'Let me see.' }, calls('n1'), calls('n2')] },
    { parts: [calls('n3'), calls('n4', 'no_such_tool')] },
    END,
  ],
  'a handover': [
    { parts: [calls('n1')] },
    { parts: [calls('n2', 'transfer_to_expert')] },
    { parts: [calls('n3')] },
    END,
  ],
}

/** What the SDK sends where its runner has everything. */
async function runWhole(target: ModelTarget, history: Item[]): Promise<void> {
  const run = new RecordedRun().arguments(target)
  const parts = testParts()
  const { ledger, runId, conversationId, idleTimeoutMs, signal: stop } = run
  const modelOf = () =>
    new GuardedModel(parts.createModel(target, idleTimeoutMs), {
      target,
      ledger,
      runId,
      conversationId,
      idleTimeoutMs,
      stop,
      purpose: 'chat',
      agent: 'assistant',
      firstRetryMs: 1,
      streamed: true,
      fallbacks: new Set(),
      sink: UNWATCHED,
    })
  const limits = new RunLimits({}, endpointOf(target))
  const { person, storeOutput, onError } = run
  const more = { person, storeOutput, onError, keepFiles: keepNoFiles, runAgent: async () => '' }
  const tools = new ToolRuns({ output: run, stop, context: NO_RUN, limits, ...more })
  const runner = new Runner({
    tracingDisabled: true,
    toolNotFoundBehavior: 'return_error_to_model',
    toolErrorFormatter: ({ toolName }) => `There is no tool "${toolName}".`,
  })
  const [first] = agents
  if (first === undefined) throw new Error('There is no agent.')
  const graph = { find: findAgent, modelOf, historyOf: () => [], settings: {}, target, tools }
  const result = await runner.run(
    buildGraph(first, { ...graph, context: NO_RUN }),
    await modelInput(history),
    { stream: true },
  )
  await result.completed
}

describe.for(['responses', 'chat_completions'] as const)('on %s', (api) => {
  test.for(
    Object.entries(SCRIPTS).flatMap(([name, script]) => [
      [name, 'a conversation', script, HISTORY] as const,
      [name, 'an unfinished answer', script, UNFINISHED] as const,
    ]),
  )('%s after %s is asked for as if the runner had all of it', async ([, , script, history]) => {
    const [ours, theirs] = [await upstreamFor(script), await upstreamFor(script)]
    const { outcome } = begin(fakeTarget(ours.baseUrl, api), agents, { history })
    expect(await outcome).toEqual({ status: 'completed' })
    await runWhole(fakeTarget(theirs.baseUrl, api), history)

    const [sent, expected] = [ours, theirs].map((upstream) =>
      upstream.calls.map(({ body }) => JSON.stringify(body)),
    )
    expect(sent).toHaveLength(Array.isArray(script) ? script.length : 1)
    expect(sent).toEqual(expected)
  })

  test('a call id that a server used again is sent with each of its calls and results', async () => {
    const upstream = await upstreamFor(END)
    const history = ['first', 'second'].flatMap((text) => [
      userItem(`The ${text} sum`),
      said('a'),
      toolResultItem('a', 'calculate', `${text} result`),
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] },
    ])
    await begin(fakeTarget(upstream.baseUrl, api), agents, { history }).outcome
    const sent = JSON.stringify(upstream.calls[0]?.body)
    const order = sent.match(/The (first|second) sum|\\"expression\\"|(first|second) result/g)
    const call = '\\"expression\\"'
    expect(order).toEqual([
      'The first sum',
      call,
      'first result',
      'The second sum',
      call,
      'second result',
    ])
  })

  test('the runner copies no more after a long conversation than after a short one', async () => {
    const copies = vi.spyOn(globalThis, 'structuredClone')
    const copied: number[] = []
    for (const turns of [1, 500]) {
      const upstream = await upstreamFor(SCRIPTS['a loop of tools'] ?? END)
      const history = Array.from({ length: turns }, (_, turn) => [
        userItem(`Question ${turn}`),
        incompleteMessage(`Answer ${turn}`),
      ]).flat()
      copies.mockClear()
      await begin(fakeTarget(upstream.baseUrl, api), agents, { history }).outcome
      copied.push(copies.mock.calls.length)
      expect(JSON.stringify(upstream.calls[2]?.body)).toContain(`Answer ${turns - 1}`)
    }
    copies.mockRestore()
    expect(copied[0]).toBeGreaterThan(0)
    expect(copied[1]).toBe(copied[0])
  })
})
