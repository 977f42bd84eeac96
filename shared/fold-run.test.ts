import { expect, test } from 'vitest'
import { foldAll, foldOn, foldRun, NOTHING_FOLDED } from './fold-run.ts'
import { NO_CALLS } from './ledger.ts'
import type { Message } from './message.ts'
import { messageText } from './message-text.ts'
import type { RunEvent, StoredRunEvent } from './run-event.ts'

const at = (second: number) => `2026-01-01T00:00:${String(second).padStart(2, '0')}.000Z`

const started: RunEvent = {
  type: 'run',
  at: at(0),
  runId: 'r1',
  conversationId: 'c1',
  messageId: 'm1',
  agent: 'assistant',
  provider: 'demo',
  model: 'tally-demo',
}
const token = (delta: string, second = 1): RunEvent => ({ type: 'token', at: at(second), delta })
const tool = { type: 'tool_call', callId: 'a', name: 'clock', agent: 'assistant' } as const
const done = (status: 'completed' | 'stopped' | 'interrupted', second = 9): RunEvent => ({
  type: 'done',
  at: at(second),
  status,
  totals: NO_CALLS,
})

const stored = (events: RunEvent[]): StoredRunEvent[] =>
  events.map((event, index) => ({ seq: index + 1, event }))

function fold(...events: RunEvent[]): Message {
  const { message } = foldAll(stored(events))
  if (message === null) throw new Error('the run event did not make a message')
  return message
}

test('a plain answer becomes one text part of a completed message', () => {
  const message = fold(started, token('Hel'), token('lo'), done('completed'))
  expect(message.parts).toEqual([{ type: 'text', text: 'Hello' }])
  expect(message.status).toBe('completed')
  expect(message.id).toBe('m1')
})

test('replaying events changes nothing', () => {
  const events = stored([started, token('a'), token('b'), done('completed')])
  const once = foldAll(events)
  expect(foldAll([...events, ...events])).toEqual(once)
  expect(events.reduce(foldRun, once)).toBe(once)
})

const calls = (count: number): RunEvent[] =>
  Array.from({ length: count }, (_, n) => ({ ...tool, callId: `call ${n}` })).flatMap((call) => [
    { ...call, at: at(1), phase: 'arguments', delta: '{}' },
    { ...call, at: at(2), phase: 'running' },
    { ...call, type: 'tool_result', at: at(3), status: 'ok', output: 'noon', durationMs: 1 },
    token('.', 4),
  ])

test('folding does not change earlier results, and every way of folding gives the same', () => {
  const events = stored([started, ...calls(5), done('completed')])
  const steps = [NOTHING_FOLDED]
  for (const event of events) steps.push(foldRun(steps.at(-1) ?? NOTHING_FOLDED, event))
  const written = steps.map((step) => JSON.stringify(step))
  for (const [index, step] of steps.entries()) {
    expect(foldOn(step, events.slice(index))).toEqual(foldAll(events))
    // Folds twice from the same point: two tabs, or a commit that failed.
    expect(foldOn(step, events)).toEqual(foldAll(events))
  }
  expect(steps.map((step) => JSON.stringify(step))).toEqual(written)
})

// Quadratic time would take minutes.
test('thirty thousand tool calls are folded in linear time', () => {
  const { message } = foldAll(stored([started, ...calls(30_000)]))
  expect(message?.parts).toHaveLength(60_000)
  expect(message?.parts.at(-2)).toMatchObject({ callId: 'call 29999', status: 'done' })
})

test('any split of the deltas gives the same message', () => {
  const text = 'One **two** three\n\n- four'
  const whole = fold(started, token(text), done('completed'))
  for (let cut = 1; cut < text.length; cut++) {
    const split = fold(
      started,
      token(text.slice(0, cut)),
      token(text.slice(cut)),
      done('completed'),
    )
    expect(split).toEqual(whole)
  }
})

test('folding from the middle of a log continues where the first half ended', () => {
  const events = stored([
    started,
    token('a'),
    { ...tool, at: at(2), phase: 'arguments', delta: '{' },
    token('b', 3),
    done('completed'),
  ])
  for (let cut = 0; cut <= events.length; cut++) {
    const half = foldAll(events.slice(0, cut))
    expect(events.slice(cut).reduce(foldRun, half)).toEqual(foldAll(events))
  }
})

test('reasoning ends when the answer begins, and its times come from the events', () => {
  const message = fold(
    started,
    { type: 'reasoning', at: at(1), delta: 'Let me ' },
    { type: 'reasoning', at: at(2), delta: 'see' },
    token('Yes', 5),
  )
  expect(message.parts).toEqual([
    { type: 'reasoning', text: 'Let me see', startedAt: at(1), endedAt: at(5) },
    { type: 'text', text: 'Yes' },
  ])
})

test('a tool call goes from preparing to running to done', () => {
  const steps: RunEvent[] = [
    started,
    { ...tool, at: at(1), phase: 'arguments', delta: '{"zone":' },
    { ...tool, at: at(1), phase: 'arguments', delta: '"UTC"}' },
    { ...tool, at: at(2), phase: 'ready', arguments: '{"zone":"UTC"}' },
    { ...tool, at: at(2), phase: 'running' },
    {
      type: 'tool_result',
      at: at(3),
      callId: 'a',
      name: 'clock',
      status: 'ok',
      output: 'noon',
      durationMs: 12,
    },
  ]
  const statuses = [2, 3, 4, 5, 6].map((count) => fold(...steps.slice(0, count)).parts[0])
  expect(statuses.map((part) => part?.type === 'tool_call' && part.status)).toEqual([
    'preparing',
    'preparing',
    'preparing',
    'running',
    'done',
  ])
  expect(statuses[1]).toMatchObject({ arguments: '{"zone":"UTC"}' })
  expect(statuses[4]).toMatchObject({ output: 'noon', durationMs: 12, startedAt: at(2) })
})

test('parallel tool calls keep their own arguments and results', () => {
  const second = { ...tool, callId: 'b', name: 'calculator' } as const
  const message = fold(
    started,
    { ...tool, at: at(1), phase: 'arguments', delta: '{}' },
    { ...second, at: at(1), phase: 'arguments', delta: '[1]' },
    { ...tool, at: at(2), phase: 'running' },
    { ...second, at: at(2), phase: 'running' },
    {
      type: 'tool_result',
      at: at(3),
      callId: 'b',
      name: 'calculator',
      status: 'failed',
      output: 'no',
      durationMs: 1,
    },
  )
  expect(message.parts).toMatchObject([
    { callId: 'a', status: 'running', arguments: '{}' },
    { callId: 'b', status: 'failed', arguments: '[1]', output: 'no' },
  ])
})

test('a run that ends leaves a started tool unknown and an unstarted one failed', () => {
  const message = fold(
    started,
    { ...tool, at: at(1), phase: 'running' },
    { ...tool, callId: 'b', at: at(1), phase: 'arguments', delta: '{' },
    done('interrupted'),
  )
  expect(message.parts).toMatchObject([{ status: 'unknown' }, { status: 'failed' }])
  expect(message.status).toBe('interrupted')
})

test('text before and after a tool call stays in order', () => {
  const message = fold(
    started,
    token('Before'),
    { ...tool, at: at(2), phase: 'running' },
    token('After', 3),
  )
  expect(message.parts.map((part) => part.type)).toEqual(['text', 'tool_call', 'text'])
  expect(messageText(message)).toBe('Before\n\nAfter')
})

test('there is no message before the run event', () => {
  expect(foldRun(NOTHING_FOLDED, { seq: 1, event: token('early') }).message).toBeNull()
})
