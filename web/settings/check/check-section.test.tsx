import { expect, test } from 'vitest'
import type { EndpointCheck } from '#shared/checks.ts'
import { NOTHING_KNOWN } from '#shared/checks.ts'
import { NO_CALLS } from '#shared/add-totals.ts'
import {
  all,
  type RecordedRequest,
  find,
  names,
  Refusal,
  show,
  until,
} from '../../testing/screen.tsx'
import { CheckSection } from './check-section.tsx'

const NO_TOKENS = { inputTokens: 0, outputTokens: 0 }
const PLAN: EndpointCheck['plan'] = [
  { probe: 'models', requests: 0, freeRequests: 0, ...NO_TOKENS, atMostNanoUsd: 0 },
  {
    probe: 'answer',
    requests: 1,
    freeRequests: 0,
    inputTokens: 60,
    outputTokens: 200,
    atMostNanoUsd: 1_500_000,
  },
  {
    probe: 'repeat',
    requests: 2,
    freeRequests: 0,
    inputTokens: 2500,
    outputTokens: 32,
    atMostNanoUsd: 3_000_000,
  },
  { probe: 'count', requests: 1, freeRequests: 1, ...NO_TOKENS, atMostNanoUsd: 0 },
]
const NEVER: EndpointCheck = {
  provider: 'box',
  model: 'qwen',
  plan: PLAN,
  running: null,
  card: null,
}
const CARD: EndpointCheck['card'] = {
  provider: 'box',
  origin: 'http://127.0.0.1:8000',
  model: 'qwen',
  at: '2026-11-20T10:00:00.000Z',
  findings: [
    {
      finding: 'usage',
      probe: 'answer',
      verdict: 'no',
      detail: 'The answer has no `usage`.',
      at: '2026-11-20T10:00:00.000Z',
    },
  ],
  capabilities: { ...NOTHING_KNOWN, reportsUsage: 'no' },
  totals: { ...NO_CALLS, calls: 2, costNanoUsd: 0, certainty: 'unknown', unpricedCalls: 1 },
}

function open(check: () => unknown): RecordedRequest[] {
  history.replaceState(null, '', '/settings/check?provider=box')
  return show(<CheckSection />, ({ method, path }) => {
    if (method === 'DELETE') return {}
    return path === '/api/models' ? { items: [], nextCursor: null, default: null } : check()
  })
}

const button = (name: string) => find('button', name)

test('the chosen probes are priced, and only they run', async () => {
  const asked = open(() => NEVER)
  await find('output', '4 requests, 1 of them free, at most 2,792 tokens and $0.0045.')
  const repeat = await find('input', 'The same prompt twice')
  repeat.click()
  await find('output', '2 requests, 1 of them free, at most 260 tokens and $0.0015.')
  ;(await button('Run the checks')).click()

  await until(() => expect(asked.map(({ method }) => method)).toContain('POST'))
  expect(asked.find(({ method }) => method === 'POST')).toMatchObject({
    path: '/api/providers/box/check',
    body: { model: 'qwen', probes: ['models', 'answer', 'count'] },
  })
})

test('a model without a price is pointed out before the check', async () => {
  open(() => ({ ...NEVER, plan: PLAN.map((one) => ({ ...one, atMostNanoUsd: null })) }))
  await find('output', '4 requests, 1 of them free, at most 2,792 tokens. The model has no price.')

  const link = await find('a', 'Add a price')
  expect(link.getAttribute('href')).toBe('/settings/prices?provider=box&model=qwen')
})

test('a finding is shown with its verdict and consequence', async () => {
  open(() => ({ ...NEVER, card: CARD }))
  await find('li', 'Reports usage: No. The answer has no usage.')

  expect(document.body.textContent).toContain('This server does not report usage')
  expect(document.body.textContent).toMatch(/2 requests, unpriced/)
  expect(names('button')).toContain('Run the checks again')
})

test('a running check, even one started elsewhere, is followed and can be stopped', async () => {
  const running = { model: 'qwen', probes: ['models' as const, 'answer' as const] }
  const answers: EndpointCheck[] = [
    { ...NEVER, running: { ...running, current: 'models' } },
    { ...NEVER, card: CARD, running: { ...running, current: 'answer' } },
  ]
  const asked = open(() => answers.shift() ?? { ...NEVER, card: CARD })
  await find('output', '1 of 2: Models')
  ;(await button('Stop')).click()
  await find('output', '2 of 2: A streamed answer')
  // Earlier findings of pending probes are hidden.
  expect(names('li').filter((name) => name.startsWith('Reports usage'))).toEqual([])
  await find('li', /^Reports usage/)

  expect(all('button').map(({ textContent }) => textContent)).not.toContain('Stop')
  expect(asked.map(({ method }) => method)).toContain('DELETE')
})

test('a provider that cannot be checked shows the cause', async () => {
  open(() => new Refusal('box offers no model. Name one in its settings.'))
  await find('p', 'box cannot be checked')

  expect(document.body.textContent).toContain('box offers no model.')
})

test('findings that are unknown for the same reason share one line', async () => {
  const unknown = { verdict: 'unknown' as const, detail: 'Nothing answers there.' }
  const [usage] = CARD?.findings ?? []
  const findings = [
    { ...usage, ...unknown, finding: 'streaming' },
    { ...usage, ...unknown },
    { ...usage, finding: 'cost', detail: 'The answer names no amount.' },
  ]
  open(() => ({ ...NEVER, card: { ...CARD, findings } }))
  await find('li', 'Streams, Reports usage: Not known. Nothing answers there.')

  expect(names('li')).toContain('Names the amount: No. The answer names no amount.')
})
