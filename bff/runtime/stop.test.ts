// A stop, at every stage of a run: it ends as stopped, what was seen is kept, the ledger has its
// row, and the upstream socket is closed.
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Script } from '../../e2e/fake-upstream.ts'
import { realParts } from '../testing/agent-parts.ts'
import { defineTool } from './define-tool.ts'
import { fakeTarget, RecordedRun } from '../testing/recorded-run.ts'
import { runAgent } from './run-agent.ts'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'
import type { ModelTarget } from '../upstream/types.ts'

let onStart = (): void => {}
const stubborn = defineTool({
  name: 'stubborn',
  description: 'Ignores every signal.',
  parameters: z.object({}),
  execute: () => {
    onStart()
    return new Promise(() => {})
  },
})
const never = new Promise(() => {})

async function beginOn(script: Script, api: ModelTarget['api']) {
  const upstream = await upstreamFor(script)
  const target = fakeTarget(upstream.baseUrl, api)
  return { upstream, ...begin(target, agentWith([stubborn]), {}, { firstRetryMs: 60_000 }) }
}

describe.for(['responses', 'chat_completions'] as const)('on %s', (api) => {
  test('before the headers', async () => {
    const { upstream, recorded, outcome } = await beginOn({ instead: 'hang' }, api)
    const call = await upstream.called(1)
    recorded.stop()
    expect(await outcome).toEqual({ status: 'stopped' })
    await call.over
    expect(call.closedEarly).toBe(true)
    expect(recorded.ledger.rows).toMatchObject([{ status: 'stopped', rawUsage: null }])
  })

  test('in the middle of the text, which is kept', async () => {
    const { upstream, recorded, outcome } = await beginOn(
      { parts: [{ text: 'Half of it' }, { wait: never }] },
      api,
    )
    await recorded.sawText('Half of it')
    recorded.stop()
    expect(await outcome).toEqual({ status: 'stopped' })
    await upstream.calls[0]?.over
    expect(upstream.calls[0]?.closedEarly).toBe(true)
    expect(recorded.ledger.rows).toMatchObject([{ status: 'stopped', outputText: 'Half of it' }])
    expect(recorded.items).toMatchObject([{ role: 'assistant', status: 'incomplete' }])
  })

  test('while a tool call is being written, which then never runs', async () => {
    const script = { parts: [{ call: { name: 'stubborn', arguments: {} } }, { wait: never }] }
    const { upstream, recorded, outcome } = await beginOn(script, api)
    await recorded.saw((event) => event.type === 'tool_call')
    recorded.stop()
    expect(await outcome).toEqual({ status: 'stopped' })
    await upstream.calls[0]?.over
    expect(upstream.calls[0]?.closedEarly).toBe(true)
    expect(recorded.items).toEqual([])
    expect(recorded.eventsOf('tool_result')).toEqual([])
  })

  test('during a tool that ignores it, whose outcome is unknown', async () => {
    const started = new Promise<void>((resolve) => (onStart = resolve))
    const script = { parts: [{ call: { name: 'stubborn', arguments: {} } }] }
    const { upstream, recorded, outcome } = await beginOn(script, api)
    await started
    recorded.stop()
    expect(await outcome).toEqual({ status: 'stopped' })
    expect(recorded.message.parts).toMatchObject([{ type: 'tool_call', status: 'unknown' }])
    expect(recorded.items.map((item) => item['type'])).toEqual([
      'function_call',
      'function_call_result',
    ])
    expect(upstream.calls).toHaveLength(1)
  })

  test('between the start of a tool being written and the tool, which then does nothing', async () => {
    const script = { parts: [{ call: { name: 'stubborn', arguments: {} } }] }
    onStart = () => expect.unreachable('The tool has run.')
    const { recorded, outcome } = await beginOn(script, api)
    await recorded.saw((event) => event.type === 'tool_call' && event.phase === 'running')
    recorded.stop()
    expect(await outcome).toEqual({ status: 'stopped' })
    expect(recorded.message.parts).toMatchObject([
      { type: 'tool_call', status: 'failed', output: expect.stringContaining('did nothing') },
    ])
  })

  test('during the wait for another attempt', async () => {
    const { upstream, recorded, outcome } = await beginOn({ status: 503 }, api)
    await recorded.saw((event) => event.type === 'retry')
    recorded.stop()
    expect(await outcome).toEqual({ status: 'stopped' })
    expect(upstream.calls).toHaveLength(1)
    expect(recorded.ledger.rows).toMatchObject([{ status: 'failed' }])
  })

  test('before anything was sent, so nothing is', async () => {
    const upstream = await upstreamFor({})
    const recorded = new RecordedRun()
    recorded.stop()
    const outcome = await runAgent(recorded.arguments(fakeTarget(upstream.baseUrl, api)), realParts)
    expect(outcome).toEqual({ status: 'stopped' })
    expect(upstream.calls).toEqual([])
    expect(recorded.ledger.opened).toHaveLength(recorded.ledger.rows.length)
  })
})
