import { expect, test } from 'vitest'
import { foldAll, foldOn, NOTHING_FOLDED } from './fold-run.ts'
import { type ModelCall, NO_CALLS } from './ledger.ts'
import type { Message } from './message.ts'
import { nestedTotals } from './nested-totals.ts'
import type { RunEvent, StoredRunEvent } from './run-event.ts'

const at = '2026-01-01T00:00:01.000Z'
const started: RunEvent = {
  type: 'run',
  at,
  runId: 'r1',
  conversationId: 'c1',
  messageId: 'm1',
  agent: 'triage',
  provider: 'demo',
  model: 'tally-demo',
}
const done: RunEvent = { type: 'done', at, status: 'completed', totals: NO_CALLS }
const stored = (events: RunEvent[]): StoredRunEvent[] =>
  events.map((event, index) => ({ seq: index + 1, event }))

function fold(...events: RunEvent[]): Message {
  const { message } = foldAll(stored(events))
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

const researchers: RunEvent[] = [
  { ...call, callId: 'a', name: 'research' },
  { ...call, callId: 'b', name: 'research' },
  token('one', 'a'),
  token('two', 'b'),
  { ...call, callId: 'a1', name: 'search', parentCallId: 'a' },
  { ...call, callId: 'a11', name: 'deeper', parentCallId: 'a' },
  token('deep', 'a11'),
  token(' more', 'b'),
  {
    type: 'tool_result',
    at,
    callId: 'a1',
    name: 'search',
    status: 'ok',
    output: 'x',
    durationMs: 1,
    parentCallId: 'a',
  },
]

test('two nested runs at once stay apart, each inside its call', () => {
  const { parts } = fold(started, ...researchers)
  expect(parts).toMatchObject([
    {
      callId: 'a',
      parts: [
        { type: 'text', text: 'one' },
        { callId: 'a1', status: 'done' },
        { callId: 'a11', parts: [{ type: 'text', text: 'deep' }] },
      ],
    },
    { callId: 'b', parts: [{ type: 'text', text: 'two more' }] },
  ])
})

test('nested runs fold the same in one go and event by event, and end with the run', () => {
  const events = stored([started, ...researchers, { ...done, status: 'interrupted' }])
  const once = foldAll(events)
  expect(events.reduce((folded, event) => foldOn(folded, [event]), NOTHING_FOLDED)).toEqual(once)
  expect(once.message?.parts).toMatchObject([
    { callId: 'a', status: 'unknown', parts: [{}, { status: 'done' }, { status: 'unknown' }] },
    { callId: 'b', status: 'unknown' },
  ])
})

test('an event of an unknown nested run is ignored', () => {
  expect(fold(started, token('x', 'nobody')).parts).toEqual([])
})

test('the agent of a message is the one that holds the conversation at its end', () => {
  const handoff: RunEvent = {
    type: 'agent',
    at,
    name: 'refunds',
    previous: 'triage',
    by: 'handoff',
  }
  const message = fold(started, handoff)
  expect(message.agent).toBe('refunds')
  expect(message.parts).toMatchObject([
    { kind: 'handoff', text: 'refunds took over', agent: 'refunds', by: 'handoff' },
  ])
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

test('a call that asks waits with its request, and carries the decision', () => {
  const waiting = fold(
    started,
    { ...call, phase: 'ready', arguments: '{}', callId: 'a', name: 'refund' },
    asked,
  )
  expect(waiting.parts).toMatchObject([
    { status: 'waiting', approval: { waitId: 'w1', argumentsHash: 'h' } },
  ])
  const decision: RunEvent = {
    type: 'decision',
    at,
    waitId: 'w1',
    callId: 'a',
    decision: 'deny',
    by: 'person',
    reason: 'Too much.',
  }
  const denied: RunEvent = {
    type: 'tool_result',
    at,
    callId: 'a',
    name: 'refund',
    status: 'denied',
    output: 'Denied.',
    durationMs: null,
  }
  const events = [started, { ...call, callId: 'a', name: 'refund' }, asked, decision, denied]
  expect(fold(...events).parts).toMatchObject([
    { status: 'denied', approval: { answer: { decision: 'deny', reason: 'Too much.' } } },
  ])
})

test('a call that still waits when the run ends has failed', () => {
  const events = [started, { ...call, callId: 'a', name: 'refund' }, asked]
  expect(fold(...events, { ...done, status: 'stopped', reason: 'moved_on' }).parts).toMatchObject([
    { status: 'failed' },
    { kind: 'stopped' },
  ])
})

test('an output guardrail takes the answer back', () => {
  const trip: RunEvent = {
    type: 'guardrail',
    at,
    name: 'card numbers',
    stage: 'output',
    tripped: true,
    reason: 'The answer contained a card number.',
    durationMs: 3,
  }
  const message = fold(started, { ...call, callId: 'a', name: 'x' }, token('4111'), trip, done)
  expect(message.withheld).toBe(true)
  expect(message.parts).toMatchObject([
    { callId: 'a' },
    { kind: 'guardrail', text: 'Blocked by card numbers: The answer contained a card number.' },
  ])
})

test('a later run of the same message goes on behind the first', () => {
  const first = foldAll(stored([started, token('Hel'), { ...done, status: 'failed' }]))
  const next = foldOn({ seq: 0, message: first.message }, stored([started, token('lo'), done]))
  expect(next.message).toMatchObject({
    status: 'completed',
    parts: [{ type: 'text', text: 'Hello' }],
  })
})

const CALL: ModelCall = {
  id: '1',
  runId: null,
  conversationId: null,
  purpose: 'chat',
  agent: null,
  provider: 'p',
  modelRequested: 'm',
  modelReturned: 'm',
  responseId: null,
  attempt: 1,
  serviceTier: null,
  status: 'completed',
  startedAt: '2026-01-01T00:00:00.000Z',
  ttftMs: null,
  durationMs: 1,
  finishReason: null,
  inputTokens: 100,
  cachedInputTokens: 40,
  cacheWriteTokens: null,
  outputTokens: 20,
  reasoningTokens: 5,
  costNanoUsd: 1000,
  certainty: 'computed',
  priceId: null,
  price: null,
  rawUsage: null,
}

test('the cost of a nested run is in its call and in the run', () => {
  const usage = (parentCallId: string, costNanoUsd: number): RunEvent => ({
    type: 'usage',
    at,
    parentCallId,
    call: { ...CALL, costNanoUsd },
    run: { ...NO_CALLS, calls: 9 },
    conversation: NO_CALLS,
  })
  const events = [...researchers, usage('a', 10), usage('a', 20), usage('a11', 5), usage('b', 1)]
  const { parts, totals } = fold(started, ...events)
  expect(totals?.calls).toBe(9)
  const [a, b] = parts.filter((part) => part.type === 'tool_call')
  expect(a?.totals).toMatchObject({ calls: 2, costNanoUsd: 30 })
  expect(a && nestedTotals(a)).toMatchObject({ calls: 3, costNanoUsd: 35 })
  expect(b && nestedTotals(b)).toMatchObject({ calls: 1, costNanoUsd: 1 })
})
