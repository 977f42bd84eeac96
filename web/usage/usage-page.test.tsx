import { beforeEach, expect, test, vi } from 'vitest'
import { type ModelCall, NO_CALLS, type Totals } from '#shared/ledger.ts'
import { all, type Asked, find, names, Refusal, show, until, write } from '../ui/test-screen.tsx'
import { UsagePage } from './usage-page.tsx'

const SPENT: Totals = { ...NO_CALLS, calls: 2, inputTokens: 12_840, costNanoUsd: 4_512_000 }
const UNPRICED: Totals = { ...SPENT, costNanoUsd: null, certainty: 'unknown', unpricedCalls: 2 }

let totals: Totals

beforeEach(() => {
  totals = SPENT
})

test('tables stand under their names, and a conversation leads to itself', async () => {
  open()
  const link = await find('th a', 'Trip to Bergen')

  expect(link.getAttribute('href')).toBe(`/c/${ID}`)
  expect(names('th a')).not.toContain('Other conversations')
  expect(names('th a')).not.toContain('Deleted conversation')
  await until(() =>
    expect(names('caption').filter((name) => name?.startsWith('By'))).toEqual([
      'By day',
      'By model',
      'By conversation',
      'By provider',
      'By agent',
      'By purpose',
    ]),
  )
  expect(all('tbody tr').map(({ textContent }) => textContent)).toContain(
    'Nov 20, 2026$0.004512212.8K00',
  )
})

test('days are listed newest first', async () => {
  open()
  await find('caption', 'By day')

  expect(names('table:not(details table) tbody th').slice(0, 2)).toEqual([
    'Nov 20, 2026',
    'Nov 19, 2026',
  ])
})

test('a model without a price is unpriced, and the sum is a lower bound', async () => {
  totals = { ...SPENT, unpricedCalls: 1, certainty: 'unknown' }
  open()
  await find('dd', '≥$0.004512')
  await find('dd', 'At least this much: 1 model call without a price')

  const row = await find('tr', /home-made.*unpriced/)
  expect(row.textContent).toContain('unpriced')
  const add = [...row.querySelectorAll('a')].find((link) => link.textContent === 'Add a price')
  expect(add?.getAttribute('href')).toBe('/settings/prices?model=home-made')
})

test('another range asks for another beginning, and All for none', async () => {
  vi.setSystemTime('2026-11-20T10:00:00Z')
  const asked = open()
  await find('caption', 'By model')
  expect(beginnings(asked)).toContain('2026-10-22T00:00:00.000Z')
  expect((await find('a', 'CSV')).getAttribute('href')).toContain('from=2026-10-22')

  const week = await find('input', '7 days')
  week.click()
  await until(() => expect(beginnings(asked)).toContain('2026-11-14T00:00:00.000Z'))
  const everything = await find('input', 'All')
  everything.click()
  await until(() => expect(beginnings(asked)).toContain(null))
  vi.useRealTimers()
})

test('a page without usage says so instead of showing empty tables', async () => {
  totals = NO_CALLS
  open()
  await find('p', 'Nothing in the last 30 days')

  expect(all('table')).toEqual([])
})

test('usage that cannot be loaded says why and can be tried again', async () => {
  let broken = true
  show(<UsagePage Receipt={Receipt} />, (asked) =>
    broken ? new Refusal('The disk is full.') : answer(asked),
  )
  await find('[role=alert]', /Usage could not be loadedThe disk is full\./)
  broken = false
  const retry = await find('button', 'Try again')
  retry.click()

  expect(await find('caption', 'By model')).toBeTruthy()
})

test('the spend of each day is drawn and told, split by what is chosen', async () => {
  vi.setSystemTime('2026-11-20T10:00:00Z')
  const asked = open()
  await find('[role=img]', /^Spend over time/)
  expect(all('[role=img] title').at(-1)?.textContent).toBe('Nov 20, 2026: $0.003')
  expect(all('details tbody tr').map(({ textContent }) => textContent)).toEqual([
    'Nov 20, 2026$0.003–',
    'Nov 18, 2026≈$0.001unpriced',
  ])
  const agents = await find('input', 'Agent')
  agents.click()
  await until(() =>
    expect(
      asked.filter(({ path }) => path.includes('by=agent') && path.includes('series=')),
    ).toHaveLength(1),
  )
  vi.useRealTimers()
})

test('the totals are compared with as long a time before, up to the same time of day', async () => {
  vi.setSystemTime('2026-11-20T10:00:00Z')
  const asked = open()
  await find('dd', 'As much as in the 30 days before')
  const earlier = asked.map(({ path }) => queryOf(path)).filter((query) => query.has('to'))
  expect(earlier.map((query) => [query.get('from'), query.get('to')])).toEqual([
    ['2026-09-22T00:00:00.000Z', '2026-10-21T10:00:00.000Z'],
  ])
  vi.useRealTimers()
})

test('days of one’s own stand in the address and are compared with as many before', async () => {
  vi.setSystemTime('2026-11-20T10:00:00Z')
  const asked = open()
  const custom = await find('input', 'Custom')
  custom.click()
  write(await find('input', 'From'), '2026-11-02')
  write(await find('input', 'To'), '2026-11-04')

  await find('dd', 'As much as in the 3 days before')
  expect(location.search).toBe('?from=2026-11-02&to=2026-11-04')
  const spans = asked.map(({ path }) => queryOf(path)).map((query) => spanIn(query))
  expect(spans).toContain('2026-11-02T00:00:00.000Z 2026-11-05T00:00:00.000Z')
  expect(spans).toContain('2026-10-30T00:00:00.000Z 2026-11-02T00:00:00.000Z')
  vi.useRealTimers()
})

test('days that make no range are told, and the last that did stay', async () => {
  history.replaceState(null, '', '/usage?from=2026-11-02&to=2026-11-04')
  const asked = open()
  await find('caption', 'By model')
  const before = asked.length
  write(await find('input', 'To'), '2026-11-01')

  await find('output', /The first day lies after the last one/)
  expect(asked).toHaveLength(before)
  expect(location.search).toBe('?from=2026-11-02&to=2026-11-04')
})

test('an address whose days make no range says what is wrong with them', async () => {
  history.replaceState(null, '', '/usage?from=yesterday')
  open()
  await find('p', 'These days cannot be shown')
  await find('output', 'Choose a first day.')

  expect(all('table')).toEqual([])
})

test('a row leads to itself alone, and a day to its own calls', async () => {
  open()
  const model = await find('th a', 'gpt-5.6-luna')
  expect(model.getAttribute('href')).toBe('/usage?model=gpt-5.6-luna')
  const day = await find('th a', 'Nov 20, 2026')
  expect(day.getAttribute('href')).toBe('/usage?from=2026-11-20&to=2026-11-20')
  const gone = await find('a', 'Show only Deleted conversation')
  expect(gone.getAttribute('href')).toBe(`/usage?conversation=${GONE.key}`)
  expect(names('a')).not.toContain('Show only Other conversations')
})

test('what is shown only is named, exported, and can be left', async () => {
  history.replaceState(null, '', `/usage?days=7&conversation=${ID}&agent=`)
  const asked = open()
  await find('caption', 'Calls, newest first')
  const leave = await find('a', 'Conversation Trip to Bergen, remove')
  expect(leave.getAttribute('href')).toBe('/usage?days=7&agent=')
  expect((await find('a', 'CSV')).getAttribute('href')).toContain(`&conversation=${ID}&agent=`)
  const filters = asked.map(({ path }) => queryOf(path)).map((query) => query.get('conversation'))
  expect(new Set(filters)).toEqual(new Set([ID]))

  const out = await find('a', 'Agent No agent, remove')
  out.click()
  await until(() => expect(location.search).toBe(`?days=7&conversation=${ID}`))
})

test('calls come newest first, more of them on demand, each with its receipt', async () => {
  history.replaceState(null, '', '/usage?purpose=chat')
  open()
  const receipt = await find('button', 'Receipt of Nov 20, 2026, 08:15:30')
  receipt.click()
  await find('p', 'The receipt of call-1')
  const more = await find('button', 'Show more')
  more.click()

  await find('button', 'Receipt of Nov 19, 2026, 00:00:00')
  expect(names('button')).not.toContain('Show more')
})

function Receipt({ call }: { call: ModelCall }) {
  return <p>The receipt of {call.id}</p>
}

function open(): Asked[] {
  return show(<UsagePage Receipt={Receipt} />, answer)
}

function answer({ path }: Asked): unknown {
  if (path.startsWith('/api/usage/calls')) {
    const isFirst = !queryOf(path).has('cursor')
    return isFirst
      ? { items: [call('call-1', '2026-11-20T08:15:30.000Z')], nextCursor: 'older' }
      : { items: [call('call-0', '2026-11-19T00:00:00.000Z')], nextCursor: null }
  }
  const by = queryOf(path).get('by') ?? ''
  return {
    from: null,
    to: null,
    totals,
    groups: totals.calls === 0 ? [] : GROUPS[by],
    series: SERIES,
  }
}

const group = (key: string, label = key, totals = SPENT) => ({ key, label, totals })
const ID = '0199a000-0000-7000-8000-000000000001'
const GONE = {
  ...group('0199a000-0000-7000-8000-000000000002', 'Deleted conversation'),
  deleted: true,
}
const part = (key: string, costNanoUsd: number | null, certainty: string) => ({
  key,
  label: key,
  costNanoUsd,
  certainty,
  tokens: 10,
  unpricedCalls: costNanoUsd === null ? 1 : 0,
})
const SERIES = [
  {
    day: '2026-11-18',
    groups: [part('gpt-5.6-luna', 1_000_000, 'estimated'), part('home-made', null, 'unknown')],
  },
  { day: '2026-11-20', groups: [part('gpt-5.6-luna', 3_000_000, 'computed')] },
]
const GROUPS: Record<string, unknown> = {
  day: [group('2026-11-19'), group('2026-11-20')],
  model: [group('gpt-5.6-luna'), group('home-made', 'home-made', UNPRICED)],
  conversation: [group(ID, 'Trip to Bergen'), group('others', 'Other conversations'), GONE],
  provider: [group('openai')],
  agent: [group('assistant')],
  purpose: [group('chat')],
}

const call = (id: string, startedAt: string): ModelCall => ({
  id,
  runId: null,
  conversationId: null,
  purpose: 'chat',
  agent: null,
  provider: 'openai',
  modelRequested: 'gpt-5.6-luna',
  modelReturned: null,
  responseId: null,
  attempt: 1,
  serviceTier: null,
  status: 'completed',
  startedAt,
  ttftMs: null,
  durationMs: 1,
  finishReason: null,
  inputTokens: 3,
  cachedInputTokens: null,
  cacheWriteTokens: null,
  outputTokens: null,
  reasoningTokens: null,
  costNanoUsd: 1_000_000,
  certainty: 'computed',
  priceId: null,
  price: null,
  rawUsage: null,
})

function spanIn(query: URLSearchParams): string {
  return `${query.get('from')} ${query.get('to')}`
}

function queryOf(path: string): URLSearchParams {
  return new URL(path, location.href).searchParams
}

function beginnings(asked: Asked[]): (string | null)[] {
  return [...new Set(asked.map(({ path }) => queryOf(path).get('from')))]
}
