import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { foldAll } from '#shared/fold-run.ts'
import { NO_CALLS } from '#shared/ledger.ts'
import type { Message } from '#shared/message.ts'
import type { RunEvent } from '#shared/run-event.ts'
import { LiveRun } from '../chat/live-run.ts'
import { NothingHappens } from '../testing/observer.ts'
import { NO_ACTIONS } from '../testing/actions.ts'
import type { LiveMessage } from './live-message.ts'
import { MessageView } from './message-view.tsx'

// Counts how often each text is drawn; everything else is the real thing.
const drawn = vi.hoisted(() => new Map<string, number>())
vi.mock('../markdown/markdown.tsx', () => ({
  Markdown: ({ text }: { text: string }) => {
    const start = text.slice(0, 5)
    drawn.set(start, (drawn.get(start) ?? 0) + 1)
    return text
  },
}))

const at = '2026-01-01T00:00:00.000Z'
const call = { type: 'tool_call', at, callId: 't', name: 'clock', agent: 'assistant' } as const
const EVENTS: RunEvent[] = [
  {
    type: 'run',
    at,
    runId: 'r1',
    conversationId: 'c1',
    messageId: 'm1',
    agent: 'assistant',
    provider: 'demo',
    model: 'demo',
  },
  { type: 'token', at, delta: 'First I look.' },
  { ...call, phase: 'ready', arguments: '{"zone":"UTC"}' },
  {
    type: 'tool_result',
    at,
    callId: 't',
    name: 'clock',
    status: 'ok',
    output: '12:00',
    durationMs: 1,
  },
]

const fold = (events: RunEvent[]): Message => {
  const { message } = foldAll(events.map((event, index) => ({ seq: index + 1, event })))
  if (message === null) throw new Error('nothing was folded')
  return message
}

const client = new QueryClient()
const box = document.body.appendChild(document.createElement('div'))
let root: ReturnType<typeof createRoot>

beforeEach(() => {
  drawn.clear()
  vi.stubGlobal('ResizeObserver', NothingHappens)
  root = createRoot(box)
})
afterEach(() => {
  root.unmount()
  vi.unstubAllGlobals()
})

async function show(message: Message, live: LiveMessage | null) {
  const row = { key: 'a', message, live, siblingIds: [] }
  root.render(
    <QueryClientProvider client={client}>
      <MessageView row={row} actions={NO_ACTIONS} canRetry isLast />
    </QueryClientProvider>,
  )
  await vi.waitUntil(() => box.querySelector('article') !== null)
}

test('2,000 tokens cost one render per frame, of the open text alone', async () => {
  const live = new LiveRun()
  EVENTS.forEach((event, index) => live.push({ seq: index + 1, event }))
  live.flush()
  await show(fold(EVENTS), live)
  let seq = EVENTS.length
  for (let frame = 0; frame < 40; frame++) {
    for (let token = 0; token < 50; token++) {
      live.push({ seq: ++seq, event: { type: 'token', at, delta: `token ` } })
    }
    live.flush()
    await vi.waitFor(() => expect(box.textContent.split('token ')).toHaveLength(50 * frame + 51))
  }
  expect(drawn.get('First')).toBe(1)
  expect(drawn.get('token')).toBe(40)
})

test('a tool card says what was asked, what came back, and how long it took', async () => {
  await show(fold([...EVENTS, { type: 'done', at, status: 'completed', totals: NO_CALLS }]), null)
  const card = box.querySelector('fieldset')
  expect(card?.getAttribute('aria-label')).toBe('Tool: clock')
  await vi.waitFor(() => expect(card?.textContent).toMatch(/Done.*1 ms.*"zone": "UTC".*12:00/s))
  // Closed, but the browser's search opens it.
  const details = card?.querySelector('[hidden=until-found]')
  expect(details?.textContent).toContain('12:00')
  await vi.waitFor(() => {
    details?.dispatchEvent(new Event('beforematch', { bubbles: true }))
    expect(details?.hasAttribute('hidden')).toBe(false)
  })
})

test('a wait for money that a new message has ended leaves one sentence', async () => {
  const needs = { reason: 'money', model: 'm', neededNanoUsd: 20, offerNanoUsd: 30 } as const
  const spent = { scope: 'day', spentNanoUsd: 9, limitNanoUsd: 10 } as const
  const tokens = { spentTokens: null, limitTokens: null, neededTokens: 300, offerTokens: null }
  const asks = { type: 'waiting', at, waitId: 'w', kind: 'budget' } as const
  const waiting: RunEvent = { ...asks, ...spent, ...tokens, ...needs }
  const done = { type: 'done', at, status: 'stopped', totals: NO_CALLS } as const
  await show(fold([...EVENTS, waiting, done]), null)
  await vi.waitFor(() => expect(box.textContent).toContain('could cost up to'))
  await show(fold([...EVENTS, waiting, { ...done, reason: 'moved_on' }]), null)
  await vi.waitFor(() => expect(box.textContent).toContain('when you sent another message.'))
  expect(box.textContent).not.toContain('could cost up to')
})

test('the text of a structured output is not shown beside its card', async () => {
  const value = { city: 'Oslo' }
  const text = { type: 'token', at, delta: JSON.stringify(value) } as const
  await show(fold([...EVENTS, text, { type: 'output', at, schema: 'weather_report', value }]), null)
  await vi.waitUntil(() => box.querySelector('[aria-label="Weather report"]'))
  expect(box.textContent).not.toContain('{"city"')
  await show(fold([...EVENTS, text]), null)
  await vi.waitFor(() => expect(box.textContent).toContain('{"city"'))
})

test('a structured output is shown as labels and values, and as JSON', async () => {
  const value = { city: 'Oslo', highs: [3, -1], wind: { maxKmh: 12, gusts: null }, rain: false }
  await show(fold([...EVENTS, { type: 'output', at, schema: 'weather_report', value }]), null)
  const card = await vi.waitUntil(() => box.querySelector('[aria-label="Weather report"]'))
  expect([...card.querySelectorAll('dt')].map(({ textContent }) => textContent)).toEqual([
    'City',
    'Highs',
    'Wind',
    'Max kmh',
    'Gusts',
    'Rain',
  ])
  expect(card.textContent).toMatch(/Oslo.*3-1.*12.*none.*No/)
  card.querySelector<HTMLElement>('[aria-pressed=false]')?.click()
  await vi.waitFor(() => expect(card.querySelector('pre')?.textContent).toContain('"maxKmh": 12'))
})

test('a run that was interrupted says so, and that the outcome of its tool is unknown', async () => {
  const cut = [...EVENTS.slice(0, 3), { ...call, phase: 'running' } as const]
  await show(fold([...cut, { type: 'done', at, status: 'interrupted', totals: NO_CALLS }]), null)
  expect(box.querySelector('fieldset')?.textContent).toContain('Unknown')
  expect(box.textContent).toContain(
    'Interrupted: Tally was shut down while this answer was being written',
  )
  expect(buttons()).toContain('Retry')
})

test('a failure gives its cause once', async () => {
  const message = 'No credit is left.'
  const failed: RunEvent[] = [
    { type: 'error', at, code: 'x', message, retryable: true },
    { type: 'done', at, status: 'failed', totals: NO_CALLS },
  ]
  await show(fold([...EVENTS, ...failed]), null)
  expect(box.textContent.split('No credit is left.')).toHaveLength(2)
  expect(buttons()).toContain('Retry')
})

test('the cost of an answer is a button that names the amount, and unpriced is never zero', async () => {
  const openReceipt = vi.fn<(runId: string) => void>()
  const message = fold([...EVENTS, { type: 'done', at, status: 'completed', totals: NO_CALLS }])
  const unpriced = { ...NO_CALLS, calls: 1, costNanoUsd: null, certainty: 'unknown' as const }
  const row = { key: 'a', message: { ...message, totals: unpriced }, live: null, siblingIds: [] }
  root.render(
    <MessageView row={row} actions={{ ...NO_ACTIONS, openReceipt }} canRetry={false} isLast />,
  )
  const receipt = await vi.waitUntil(() =>
    box.querySelector<HTMLElement>('[aria-label="Receipt: unpriced"]'),
  )
  receipt.click()
  expect(openReceipt).toHaveBeenCalledExactlyOnceWith('r1')
})

const buttons = () => [...box.querySelectorAll('button')].map((button) => button.textContent)

test('calls with reasoning between them are one row, which hides that reasoning and no other', async () => {
  const think = (delta: string): RunEvent => ({ type: 'reasoning', at, delta })
  const use = (callId: string): RunEvent[] => [
    { ...call, callId, phase: 'ready', arguments: '{}' },
    { type: 'tool_result', at, callId, name: 'clock', status: 'ok', output: '', durationMs: 1 },
  ]
  const [started] = EVENTS
  if (started === undefined) throw new Error('There is no beginning.')
  const message = fold([
    started,
    think('First'),
    ...use('a'),
    think('Then'),
    ...use('b'),
    think('Last'),
  ])
  await show(message, null)
  await vi.waitUntil(() => box.textContent.includes('Used 2 tools'))
  const reasonings = () =>
    [...box.querySelectorAll('button')].filter(({ textContent }) => textContent === 'Reasoning')
  await vi.waitUntil(() => reasonings().length === 3)
  const isHidden = (button: Element) => button.closest('[hidden]') !== null
  expect(reasonings().map(isHidden)).toEqual([false, true, false])
  const row = [...box.querySelectorAll('button')].find((button) =>
    /Used 2/.test(button.textContent),
  )
  row?.click()
  await vi.waitUntil(() => !reasonings().some(isHidden))
})
