import { expect, test } from 'vitest'
import { foldAll } from './fold-run.ts'
import { messageText } from './message-text.ts'
import type { Message } from './message.ts'
import type { RunEvent } from './run-event.ts'

const at = '2026-01-01T00:00:01.000Z'
const names = { agent: 'triage', provider: 'demo', model: 'tally-demo' }
const ids = { runId: 'r1', conversationId: 'c1', messageId: 'm1' }
const started: RunEvent = { type: 'run', at, ...ids, ...names }

function fold(...events: RunEvent[]): Message {
  const { message } = foldAll(events.map((event, index) => ({ seq: index + 1, event })))
  if (message === null) throw new Error('the run event did not make a message')
  return message
}

const call = { type: 'tool_call', at, phase: 'running', agent: 'triage' } as const
const token = (delta: string, parentCallId?: string): RunEvent => ({
  type: 'token',
  at,
  delta,
  ...(parentCallId && { parentCallId }),
})
const asked: RunEvent = {
  type: 'waiting',
  at,
  waitId: 'w1',
  kind: 'approval',
  callId: 'a',
  name: 'refund',
  agent: 'triage',
  arguments: '{}',
  argumentsHash: 'h',
  expiresAt: at,
}

test('a call id that a server uses again is another call, and its approval is its own', () => {
  const ready: RunEvent = { ...call, phase: 'ready', callId: 'a', name: 'refund', arguments: '{}' }
  const approved: RunEvent = {
    type: 'decision',
    at,
    waitId: 'w1',
    callId: 'a',
    decision: 'approve',
    by: 'person',
  }
  const paid: RunEvent = {
    type: 'tool_result',
    at,
    callId: 'a',
    name: 'refund',
    status: 'ok',
    output: 'Paid.',
    durationMs: 1,
  }
  const events = [started, ready, asked, approved, paid, ready, { ...asked, waitId: 'w2' }]
  const { parts } = fold(...events)
  expect(parts).toMatchObject([
    { callId: 'a', status: 'done', approval: { waitId: 'w1', answer: { decision: 'approve' } } },
    { callId: 'a', status: 'waiting', approval: { waitId: 'w2' } },
  ])
  expect(parts[1]).not.toHaveProperty('approval.answer')
})

test('a structured output takes the place of its text, also inside a call', () => {
  const json = '{"city":"Oslo"}'
  const output: RunEvent = { type: 'output', at, schema: 'report', value: { city: 'Oslo' } }
  const inside: RunEvent[] = [
    { ...call, callId: 'a', name: 'report' },
    token(json, 'a'),
    { ...output, parentCallId: 'a' },
  ]
  const message = fold(
    started,
    ...inside,
    token('Here:\n```json\n'),
    token(`${json}\n\`\`\``),
    output,
  )
  expect(message.parts).toMatchObject([
    { callId: 'a', parts: [{ type: 'output' }] },
    { type: 'text', text: 'Here:' },
    { type: 'output', value: { city: 'Oslo' } },
  ])
  expect(messageText(message)).toContain('"city": "Oslo"')
})
