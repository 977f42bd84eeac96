import { expect, test, vi } from 'vitest'
import { NO_CALLS } from '#shared/ledger.ts'
import type { RunEvent } from '#shared/run-event.ts'
import { aCall } from '../testing/call.ts'
import { drawLive } from '../testing/live-answer.tsx'
import { all, find, write } from '../testing/screen.tsx'

vi.mock('../markdown/markdown.tsx', () => ({ Markdown: ({ text }: { text: string }) => text }))

const at = '2026-01-01T00:00:00.000Z'
const expiresAt = '2026-01-02T00:00:00.000Z'
const HASH = 'a'.repeat(64)
const call = { type: 'tool_call', at, agent: 'refunds' } as const
const REFUND: RunEvent[] = [
  {
    ...call,
    callId: 'a',
    name: 'process_refund',
    phase: 'ready',
    arguments: '{"order":"1\u202E2","amount":84}',
  },
  {
    type: 'waiting',
    at,
    waitId: 'w1',
    kind: 'approval',
    callId: 'a',
    name: 'process_refund',
    agent: 'refunds',
    arguments: '{"order":"1\u202E2","amount":84}',
    argumentsHash: HASH,
    reason: 'Refunds above $20 need a person.',
    expiresAt,
  },
]
const QUESTION = {
  type: 'waiting',
  at,
  waitId: 'w2',
  kind: 'question',
  callId: 'q',
  agent: 'refunds',
  question: 'Which order?',
  freeText: true,
  expiresAt,
} as const
const asks: RunEvent = { ...call, callId: 'q', name: 'ask_user', phase: 'ready', arguments: '{}' }

test('an approval says who asks, why and with what, and sends the hash of what it shows', async () => {
  const { decisions, emit } = drawLive(REFUND)
  const card = await find('fieldset', 'Tool: process_refund')
  await find('button', 'Approve')
  expect(card.textContent).toContain('Waiting')
  expect(card.textContent).toContain(
    'refunds asks before it uses process_refund: Refunds above $20 need a person.',
  )
  expect(card.textContent).toMatch(/Order1⟨U\+202E⟩2.*Amount84/)
  expect(card.textContent).not.toContain('Always allow here')
  const approve = await find('button', 'Approve')
  approve.click()
  approve.click()
  await vi.waitFor(() =>
    expect(decisions).toEqual([
      { waitId: 'w1', decision: 'approve', argumentsHash: HASH, scope: 'once' },
    ]),
  )
  approve.focus()
  emit(
    { type: 'decision', at, waitId: 'w1', callId: 'a', decision: 'approve', by: 'person' },
    { ...call, callId: 'a', name: 'process_refund', phase: 'running' },
  )
  await vi.waitFor(() => expect(card.textContent).toMatch(/Running.*You approved this/))
  expect(document.activeElement).toBe(card.querySelector('button'))
})

test('arguments are edited in place: an error is named there, and nothing is sent', async () => {
  const { decisions } = drawLive(REFUND)
  ;(await find('button', 'Edit arguments')).click()
  const editor = await find('textarea', 'Arguments')
  write(editor, '{"order": 12')
  await vi.waitFor(() => expect(all('[role=alert]')[0]?.textContent).toMatch(/not valid JSON/))
  ;(await find('button', 'Approve')).click()
  expect(decisions).toEqual([])
  write(editor, '{"order":"12","amount":20}')
  await vi.waitFor(() => expect(all('[role=alert]')).toEqual([]))
  ;(await find('button', 'Approve')).click()
  const edited = '{"order":"12","amount":20}'
  await vi.waitFor(() =>
    expect(decisions).toEqual([
      { waitId: 'w1', decision: 'edit', argumentsHash: HASH, arguments: edited },
    ]),
  )
})

test('a refusal carries a reason, and says when someone else was faster', async () => {
  const taken = { type: 'about:blank', title: 'Decided', status: 409, code: 'already_decided' }
  const { decisions } = drawLive(REFUND, () => Response.json(taken, { status: 409 }))
  write(await find('input', 'Reason for the model'), ' Too much. ')
  ;(await find('button', 'Deny')).click()
  await find('[role=alert]', /Someone has already decided this/)
  expect(decisions).toEqual([{ waitId: 'w1', decision: 'deny', reason: 'Too much.' }])
})

test('a result can be given in place of the tool', async () => {
  const { decisions } = drawLive(REFUND)
  ;(await find('button', 'Answer instead')).click()
  await find('button', 'Send answer')
  const [field] = all('textarea')
  if (field === undefined) throw new Error('there is no field')
  write(field, 'Refunded by hand.')
  ;(await find('button', 'Send answer')).click()
  await vi.waitFor(() =>
    expect(decisions).toEqual([{ waitId: 'w1', decision: 'respond', output: 'Refunded by hand.' }]),
  )
})

test('a tool that only reads can be allowed for the conversation', async () => {
  const [ready, waiting] = REFUND
  if (ready === undefined || waiting?.type !== 'waiting') throw new Error('no approval')
  const { decisions } = drawLive([ready, { ...waiting, mayAllowAlways: true } as RunEvent])
  ;(await find('button', 'Always allow here')).click()
  await vi.waitFor(() => expect(decisions).toMatchObject([{ scope: 'conversation' }]))
})

test('two calls wait at once, each in its own card', async () => {
  const { emit } = drawLive([
    ...REFUND,
    asks,
    { ...QUESTION, freeText: false, options: ['A', 'B'] },
  ])
  await find('fieldset', 'Question from refunds')
  await find('button', 'Approve')
  emit({ type: 'decision', at, waitId: 'w1', callId: 'a', decision: 'deny', by: 'person' })
  emit({
    type: 'tool_result',
    at,
    callId: 'a',
    name: 'process_refund',
    status: 'denied',
    output: 'The user denied this call.',
    durationMs: null,
  })
  const denied = await find('fieldset', 'Tool: process_refund')
  await vi.waitFor(() => expect(denied.textContent).toMatch(/Denied.*You denied this/))
  await find('fieldset', 'Question from refunds')
})

test('a question is answered with an option and in own words, and keeps both', async () => {
  const { decisions, emit } = drawLive([asks, { ...QUESTION, options: ['A-1', 'A-2'] }])
  const group = await find('fieldset', 'Question from refunds')
  ;(await find('button', 'Send answer')).click()
  await find('[role=alert]', 'Choose an option or write an answer.')
  group.querySelector<HTMLElement>('input[type=radio]')?.click()
  const field = group.querySelector('textarea')
  if (field === null) throw new Error('there is no field')
  write(field, 'the red one')
  ;(await find('button', 'Send answer')).click()
  await vi.waitFor(() =>
    expect(decisions).toEqual([
      { waitId: 'w2', decision: 'answer', text: 'the red one', option: 'A-1' },
    ]),
  )
  const answer = { text: 'the red one', option: 'A-1' }
  emit({ type: 'decision', at, waitId: 'w2', callId: 'q', decision: 'answer', ...answer })
  const result = { callId: 'q', name: 'ask_user', output: '{}', durationMs: null } as const
  emit({ type: 'tool_result', at, status: 'ok', ...result })
  const row = await find('button', /Which order\?A-1: the red one/)
  expect(row.getAttribute('aria-expanded')).toBe('false')
})

test('a question with a form is answered as an object', async () => {
  const schema = [
    { name: 'days', label: 'Days', type: 'number' as const, required: true },
    { name: 'gift', label: 'A gift', type: 'boolean' as const, required: false },
  ]
  const { decisions } = drawLive([asks, { ...QUESTION, freeText: false, schema }])
  await find('fieldset', 'Question from refunds')
  ;(await find('button', 'Send answer')).click()
  await find('[role=alert]', 'Fill in “Days”.')
  write(await find('input', 'Days'), '3')
  ;(await find('input', 'A gift')).click()
  ;(await find('button', 'Send answer')).click()
  await vi.waitFor(() =>
    expect(decisions).toEqual([
      { waitId: 'w2', decision: 'answer', text: '{"days":3,"gift":true}' },
    ]),
  )
})

test('a nested run is shown inside its call, with its tools and its cost', async () => {
  const research = { callId: 'n', name: 'research' } as const
  const parentCallId = 'n'
  const { emit } = drawLive([
    { ...call, ...research, phase: 'ready', arguments: '{"topic":"refunds"}' },
    { ...call, ...research, phase: 'running' },
    { type: 'token', at, delta: 'Looking into it.', parentCallId },
    { ...call, callId: 's', name: 'search', phase: 'running', parentCallId },
    { ...call, callId: 's', name: 'search', phase: 'progress', text: '3 of 9', parentCallId },
  ])
  const inside = await find('section', 'Inside research')
  await vi.waitFor(() => expect(inside.textContent).toMatch(/Looking into it.*search.*3 of 9/))
  expect(inside.querySelector('fieldset')?.getAttribute('aria-label')).toBe('Tool: search')
  emit({
    type: 'usage',
    at,
    parentCallId,
    call: aCall({ inputTokens: 1000, outputTokens: 200, costNanoUsd: 3_000_000 }),
    run: NO_CALLS,
    conversation: NO_CALLS,
  })
  await vi.waitFor(() =>
    expect(inside.textContent).toContain('$0.003 · 1,200 tokens · 1 model call'),
  )
})

test('a handoff, a rule and a guardrail are lines of their own', async () => {
  drawLive([
    { type: 'agent', at, name: 'billing', previous: 'refunds', by: 'router', rule: 'gold tier' },
    {
      type: 'guardrail',
      at,
      name: 'card numbers',
      stage: 'output',
      tripped: true,
      reason: 'It contained a card number.',
      durationMs: 1,
    },
  ])
  await find('p', 'billing took over by rule: gold tier')
  const blocked = await find('p', /^Blocked by/)
  expect(blocked.textContent).toBe('Blocked by card numbers: It contained a card number.')
})
