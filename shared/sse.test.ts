import { expect, test } from 'vitest'
import { NO_CALLS } from './ledger.ts'
import type { RunEvent } from './run-event.ts'
import { decodeFrame, encodeData, encodeFrame } from './sse.ts'

const at = '2026-01-01T00:00:00.000Z'
const tool = { type: 'tool_call', at, callId: 'a', name: 't', agent: 'assistant' } as const

const use = {
  scope: 'day',
  spentNanoUsd: 8,
  limitNanoUsd: 10,
  spentTokens: null,
  limitTokens: null,
} as const

const events: RunEvent[] = [
  {
    type: 'run',
    at,
    runId: 'r',
    conversationId: 'c',
    messageId: 'm',
    agent: 'a',
    provider: 'p',
    model: 'm',
  },
  { type: 'token', at, delta: 'two\nlines \u2028 and "quotes"' },
  { type: 'reasoning', at, delta: 'hm' },
  { ...tool, phase: 'arguments', delta: '{' },
  { ...tool, phase: 'ready', arguments: '{}' },
  { ...tool, phase: 'running' },
  { type: 'tool_result', at, callId: 'a', name: 't', status: 'ok', output: 'x', durationMs: 3 },
  { type: 'agent', at, name: 'b', previous: 'a' },
  { type: 'retry', at, attempt: 2, delayMs: 100, reason: 'busy' },
  { type: 'budget', at, ...use, percent: 80 },
  {
    type: 'waiting',
    at,
    waitId: 'w',
    kind: 'budget',
    ...use,
    reason: 'money',
    model: 'm',
    neededNanoUsd: 4,
    neededTokens: 300,
    offerNanoUsd: 5,
    offerTokens: null,
  },
  {
    type: 'waiting',
    at,
    waitId: 'w',
    kind: 'question',
    callId: 'c',
    agent: 'assistant',
    question: 'Which?',
    freeText: true,
    expiresAt: at,
  },
  { type: 'decision', at, waitId: 'w', decision: 'continue' },
  { type: 'error', at, code: 'x', message: 'y', retryable: true },
  { type: 'done', at, status: 'completed', totals: NO_CALLS },
]

test.each(events.map((event) => [event.type, event] as const))(
  'a %s frame decodes to the event it encodes',
  (_, event) => {
    const frame = encodeFrame(7, event.type, encodeData(event))
    const [name, line = '', ...rest] = frame.split('\n')
    expect(name).toBe(`event: ${event.type}`)
    expect(rest).toEqual(['id: 7', '', ''])
    const data = line.slice('data: '.length)
    expect(decodeFrame({ id: '7', event: event.type, data })).toEqual({ seq: 7, event })
  },
)

test('a frame without a seq is not a run event', () => {
  expect(decodeFrame({ event: 'reconnect', data: '{}' })).toBeNull()
})
