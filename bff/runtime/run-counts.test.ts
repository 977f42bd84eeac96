// What a log says that a run has used of its limits.
import { expect, test } from 'vitest'
import { callKey } from '#shared/call-key.ts'
import type { RunEvent } from '#shared/run-event.ts'
import { CountedRun } from './run-counts.ts'

const at = (seconds: number) => new Date(1_700_000_000_000 + seconds * 1000).toISOString()
const ids = { runId: 'r', conversationId: 'c', messageId: 'm', provider: 'p', model: 'm' }
const started: RunEvent = { type: 'run', at: at(0), ...ids, agent: 'boss' }
const call = { type: 'tool_call', name: 'work', agent: 'boss', callId: 'a' } as const
const asks = {
  type: 'waiting',
  kind: 'approval',
  name: 'pay',
  agent: 'worker',
  callId: 'pay',
  arguments: '{}',
  argumentsHash: '',
  expiresAt: at(900),
} as const

async function* log(...events: RunEvent[]) {
  yield* events
}

test('time passes while a run works, and not while something in it waits', async () => {
  const counted = await CountedRun.from(
    log(
      started,
      { ...call, at: at(2), phase: 'running' },
      { ...asks, at: at(5), waitId: 'w', parentCallId: 'a' },
      { type: 'decision', at: at(500), waitId: 'w', decision: 'approve' },
      { ...call, at: at(501), callId: 'pay', phase: 'running', parentCallId: 'a' },
      { ...asks, at: at(503), waitId: 'v' },
    ),
  )
  expect(counted.of().workedMs).toBe(8000)
  expect(counted.of('a').workedMs).toBe(6000)
})

test('calls of a nested run count for those around it, and a later run of the same id begins anew', async () => {
  const inside = { ...call, phase: 'ready', arguments: '{}' } as const
  const key = callKey('b', 'a')
  const counted = await CountedRun.from(
    log(
      started,
      { ...inside, at: at(1) },
      { ...inside, at: at(2), callId: 'b', parentCallId: 'a' },
      { ...inside, at: at(3), callId: 'x', parentCallId: key },
      { ...inside, at: at(4), callId: 'y', parentCallId: key },
    ),
  )
  expect(counted.of()).toMatchObject({ toolCalls: 4, repeats: 1 })
  expect(counted.of('a')).toMatchObject({ toolCalls: 3, repeats: 1 })
  expect(counted.of(key)).toMatchObject({ toolCalls: 2, repeats: 2 })
  const result = {
    type: 'tool_result',
    name: 'work',
    status: 'ok',
    output: '',
    durationMs: 1,
  } as const
  counted.add({ ...result, at: at(5), callId: 'b', parentCallId: 'a' })
  expect(counted.of(key)).toMatchObject({ toolCalls: 0 })
  expect(counted.of('a')).toMatchObject({ toolCalls: 3 })
})
