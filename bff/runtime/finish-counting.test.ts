// A stop that lets the answer be counted: the run ends at once, what comes after it is seen by
// nobody, and the row is amended with what the provider reports in the end.
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Script } from '../../e2e/fake-upstream.ts'
import { barrier } from '../../e2e/scripts.ts'
import { realParts } from '../testing/agent-parts.ts'
import { fakeTarget, RecordedRun } from '../testing/recorded-run.ts'
import { runAgent } from './run-agent.ts'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'
import type { AgentRun } from '../upstream/agent-run.ts'
import type { ModelTarget } from '../upstream/types.ts'

const QUICK = { firstRetryMs: 60_000 }

async function beginOn(script: Script, api: ModelTarget['api'], changes: Partial<AgentRun> = {}) {
  const upstream = await upstreamFor(script)
  const target = fakeTarget(upstream.baseUrl, api)
  return { upstream, ...begin(target, agentWith([]), changes, QUICK) }
}

describe.for(['responses', 'chat_completions'] as const)('on %s', (api) => {
  const total = api === 'responses' ? { input_tokens: 100 } : { prompt_tokens: 100 }

  test('the usage is read in the background, and the text is thrown away', async () => {
    const gate = barrier()
    const { upstream, recorded, outcome } = await beginOn(
      {
        parts: [{ text: 'Half of it' }, gate.part, { text: ' and the rest' }],
        serviceTier: 'flex',
      },
      api,
    )
    await recorded.sawText('Half of it')
    recorded.stopAndCount()
    expect(await outcome).toEqual({ status: 'stopped' })
    expect(recorded.ledger.rows).toMatchObject([
      { status: 'stopped', rawUsage: null, outputText: 'Half of it', readsOn: true },
    ])
    expect(recorded.ledger.amended).toEqual([])

    const shown = recorded.events.length
    gate.open()
    expect(await recorded.counted()).toBe(1)
    expect(recorded.ledger.amended).toMatchObject([
      {
        id: recorded.ledger.rows[0]?.id,
        status: 'stopped',
        rawUsage: total,
        serviceTier: 'flex',
        finishReason: api === 'responses' ? 'completed' : 'stop',
        outputText: 'Half of it and the rest',
      },
    ])
    expect(recorded.events).toHaveLength(shown)
    expect(JSON.stringify(recorded.items)).not.toContain('the rest')
    expect(upstream.calls).toHaveLength(1)
    expect(upstream.calls[0]?.closedEarly).toBe(false)
  })

  test('no tool runs and no model is asked after the stop', async () => {
    const gate = barrier()
    const call = { call: { name: 'current_time', arguments: {} } }
    const { upstream, recorded, outcome } = await beginOn(
      { parts: [{ text: 'Let me see' }, gate.part, call] },
      api,
    )
    await recorded.sawText('Let me see')
    recorded.stopAndCount()
    await outcome
    gate.open()
    await recorded.counted()
    expect(recorded.ledger.amended).toMatchObject([{ rawUsage: total }])
    expect(upstream.calls).toHaveLength(1)
    expect(recorded.eventsOf('tool_call')).toEqual([])
  })

  test('before the headers it is counted as well', async () => {
    const gate = barrier()
    const { upstream, recorded, outcome } = await beginOn(async () => {
      if ('wait' in gate.part) await gate.part.wait
      return { parts: [{ text: 'Late' }] }
    }, api)
    await upstream.called(1)
    recorded.stopAndCount()
    expect(await outcome).toEqual({ status: 'stopped' })
    gate.open()
    await recorded.counted()
    expect(recorded.ledger.amended).toMatchObject([{ rawUsage: total, outputText: 'Late' }])
    expect(recorded.text).toBe('')
  })

  test('a refusal that comes after the stop is not billed', async () => {
    const gate = barrier()
    const { upstream, recorded, outcome } = await beginOn(async () => {
      if ('wait' in gate.part) await gate.part.wait
      return { status: 503 }
    }, api)
    await upstream.called(1)
    recorded.stopAndCount()
    await outcome
    gate.open()
    await recorded.counted()
    expect(recorded.ledger.amended).toMatchObject([{ status: 'stopped', refused: true }])
    expect(upstream.calls).toHaveLength(1)
  })

  test('a second stop closes the connection', async () => {
    const { upstream, recorded, outcome } = await beginOn(
      { parts: [{ text: 'Half of it' }, { fault: 'stall' }] },
      api,
    )
    await recorded.sawText('Half of it')
    recorded.stopAndCount()
    await outcome
    await delay(20)
    expect(upstream.calls[0]?.closedEarly).toBe(false)
    recorded.cut()
    await recorded.counted()
    await upstream.calls[0]?.over
    expect(upstream.calls[0]?.closedEarly).toBe(true)
    expect(recorded.ledger.amended).toMatchObject([{ rawUsage: null, outputText: 'Half of it' }])
  })

  test('silence ends it', async () => {
    const script: Script = { parts: [{ text: 'Half of it' }, { fault: 'stall' }] }
    const { upstream, recorded, outcome } = await beginOn(script, api, { idleTimeoutMs: 200 })
    await recorded.sawText('Half of it')
    recorded.stopAndCount()
    expect(await outcome).toEqual({ status: 'stopped' })
    await recorded.counted()
    await upstream.calls[0]?.over
    expect(upstream.calls[0]?.closedEarly).toBe(true)
    expect(recorded.ledger.amended).toMatchObject([{ rawUsage: null, refused: false }])
  })

  test('an answer without usage is estimated from all that came', async () => {
    const gate = barrier()
    const { recorded, outcome } = await beginOn(
      { parts: [{ text: 'Half of it' }, gate.part, { text: ' and the rest' }], usage: null },
      api,
    )
    await recorded.sawText('Half of it')
    recorded.stopAndCount()
    await outcome
    gate.open()
    await recorded.counted()
    expect(recorded.ledger.amended).toMatchObject([
      { rawUsage: null, outputText: 'Half of it and the rest' },
    ])
  })

  test('an answer without end is cut', async () => {
    const gate = barrier()
    const flood = { text: 'x'.repeat(2_000_001) }
    const { upstream, recorded, outcome } = await beginOn(
      { parts: [{ text: 'Half of it' }, gate.part, flood, { fault: 'stall' }], chars: 100_000 },
      api,
    )
    await recorded.sawText('Half of it')
    recorded.stopAndCount()
    await outcome
    gate.open()
    await recorded.counted()
    await upstream.calls[0]?.over
    expect(upstream.calls[0]?.closedEarly).toBe(true)
  })

  test('where nothing is under way it is a stop like any other', async () => {
    const { upstream, recorded, outcome } = await beginOn({ status: 503 }, api)
    await recorded.saw((event) => event.type === 'retry')
    recorded.stopAndCount()
    expect(await outcome).toEqual({ status: 'stopped' })
    expect(await recorded.counted()).toBe(0)
    expect(recorded.ledger.amended).toEqual([])
    expect(upstream.calls).toHaveLength(1)
  })

  test('a run that breaks off by itself leaves nothing behind', async () => {
    const upstream = await upstreamFor({ parts: [{ text: 'Half of it' }, { fault: 'stall' }] })
    const recorded = new RecordedRun()
    const target = fakeTarget(upstream.baseUrl, api)
    const failing = recorded.arguments(target, { emit: () => Promise.reject(new Error('full')) })
    expect(await runAgent(failing, realParts)).toMatchObject({ status: 'failed' })
    await upstream.calls[0]?.over
    expect(upstream.calls[0]?.closedEarly).toBe(true)
    expect(await recorded.counted()).toBe(0)
  })
})
