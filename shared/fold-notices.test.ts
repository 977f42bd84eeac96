// The notices of a run: retries, errors, budgets and waits.
import { expect, test } from 'vitest'
import { foldAll } from './fold-run.ts'
import { NO_CALLS } from './ledger.ts'
import { type Message, MessagePart } from './message.ts'
import type { RunEvent } from './run-event.ts'
import { totalsSoFar } from './totals-so-far.ts'

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

function fold(...events: RunEvent[]): Message {
  const { message } = foldAll(events.map((event, index) => ({ seq: index + 1, event })))
  if (message === null) throw new Error('the run event did not make a message')
  return message
}

test('a running call is counted by its estimate and the text so far, until its usage arrives', () => {
  const estimate = {
    type: 'estimate',
    at: at(1),
    modelCallId: 'call',
    inputTokens: 100,
    inputNanoUsd: 40_000,
    outputNanoUsdPerMTok: 1_600_000_000,
  } as const
  const token = (delta: string): RunEvent => ({ type: 'token', at: at(2), delta })
  const before = fold(started, token('Before. '), estimate)
  expect(totalsSoFar(before)).toMatchObject({ costNanoUsd: 40_000, certainty: 'estimated' })
  const half = fold(started, token('Before. '), estimate, token('Twelve chars'))
  expect(totalsSoFar(half)).toMatchObject({
    calls: 1,
    inputTokens: 100,
    outputTokens: 3,
    costNanoUsd: 40_000 + 3 * 1600,
  })
  const unpriced = { ...estimate, inputNanoUsd: null, outputNanoUsdPerMTok: null }
  expect(totalsSoFar(fold(started, unpriced))).toMatchObject({ costNanoUsd: null })
  const end: RunEvent = { type: 'done', at: at(9), status: 'completed', totals: NO_CALLS }
  expect(totalsSoFar(fold(started, estimate, end))).toEqual(NO_CALLS)
})

test('an answer stopped by deleting its conversation says so, one the user stopped does not', () => {
  const stopped = { type: 'done', at: at(9), status: 'stopped', totals: NO_CALLS } as const
  expect(fold(started, { ...stopped, reason: 'conversation_deleted' })).toMatchObject({
    status: 'stopped',
    parts: [{ kind: 'stopped', text: expect.stringContaining('conversation was deleted') }],
  })
  expect(fold(started, stopped).parts).toEqual([])
})

test('an error that repeats the reason of a retry replaces its notice, with the number of attempts', () => {
  const retry = { type: 'retry', at: at(1), attempt: 3, delayMs: 10, reason: 'busy' } as const
  const error = { type: 'error', at: at(2), code: 'x', message: 'busy', retryable: true } as const
  const notice = { type: 'notice', kind: 'error', at: at(2), code: 'x', retryable: true }
  expect(fold(started, retry, error).parts).toEqual([{ ...notice, text: 'busy', attempt: 3 }])
  const other = fold(started, retry, { ...error, message: 'gone' }).parts
  expect(other).toMatchObject([
    { kind: 'retry', text: 'busy' },
    { ...notice, text: 'gone' },
  ])
})

test('a retry replaces the notice of the previous retry and says when it ends', () => {
  const message = fold(
    started,
    { type: 'retry', at: at(1), attempt: 2, delayMs: 1000, reason: 'busy' },
    { type: 'retry', at: at(3), attempt: 3, delayMs: 2000, reason: 'still busy' },
  )
  expect(message.parts).toEqual([
    { type: 'notice', kind: 'retry', text: 'still busy', at: at(3), until: at(5), attempt: 3 },
  ])
})

const use = {
  scope: 'day',
  spentNanoUsd: 9,
  limitNanoUsd: 10,
  spentTokens: null,
  limitTokens: null,
} as const
const waiting: RunEvent = {
  type: 'waiting',
  at: at(2),
  waitId: 'w1',
  kind: 'budget',
  ...use,
  reason: 'money',
  model: 'm',
  neededNanoUsd: 20,
  neededTokens: 300,
  offerNanoUsd: 30,
  offerTokens: null,
}

test('a wait is open until it is decided, and then shows the decision', () => {
  const open = fold(started, waiting)
  expect(open.parts).toMatchObject([{ kind: 'waiting', waitId: 'w1', shortage: { ...use } }])
  expect(open.parts[0]).not.toHaveProperty('decision')
  const allowance = { nanoUsd: 2_000_000_000, tokens: null }
  const decided: RunEvent = {
    type: 'decision',
    at: at(3),
    waitId: 'w1',
    decision: 'continue',
    allowance,
  }
  expect(fold(started, waiting, decided).parts).toMatchObject([
    { kind: 'waiting', decision: 'continue' },
    { kind: 'decision', text: 'Continued, for up to $2.00.' },
  ])
})

test('a run shows one current wait notice, beside any warning', () => {
  const held = (heldFor: string[]): RunEvent => ({ type: 'budget', at: at(2), ...use, heldFor })
  const warning: RunEvent = { type: 'budget', at: at(1), ...use, percent: 80 }
  expect(fold(started, warning, held([]), held(['r0'])).parts).toMatchObject([
    { kind: 'budget', warning: { percent: 80 } },
    {
      kind: 'budget',
      heldFor: ['r0'],
      text: expect.stringMatching(
        /^What is left of today’s .* until a stopped answer is counted\.$/,
      ),
    },
  ])
  expect(fold(started, held([])).parts[0]).not.toHaveProperty('warning')
})

test('a budget warning is a notice', () => {
  const event: RunEvent = { type: 'budget', at: at(1), ...use, percent: 80 }
  expect(fold(started, event).parts).toMatchObject([
    { kind: 'budget', warning: { ...use, percent: 80 }, text: expect.stringMatching(/^90 % of/) },
  ])
})

test('a notice without the fields of its kind is rejected', () => {
  const retry = { type: 'notice', kind: 'retry', text: 'busy', at: at(1) }
  expect(MessagePart.safeParse(retry).success).toBe(false)
  expect(MessagePart.safeParse({ ...retry, until: at(2), attempt: 2 }).success).toBe(true)
})
