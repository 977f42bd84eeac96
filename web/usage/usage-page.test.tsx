import { beforeEach, expect, test, vi } from 'vitest'
import { NO_CALLS, type Totals } from '#shared/ledger.ts'
import { all, type Asked, find, names, Refusal, show, until } from '../ui/test-screen.tsx'
import { UsagePage } from './usage-page.tsx'

const SPENT: Totals = { ...NO_CALLS, calls: 2, inputTokens: 12_840, costNanoUsd: 4_512_000 }
const UNPRICED: Totals = { ...SPENT, costNanoUsd: null, certainty: 'unknown', unpricedCalls: 2 }

let totals: Totals

beforeEach(() => {
  totals = SPENT
})

test('three tables stand under their names, and a conversation leads to itself', async () => {
  open()
  const link = await find('th a', 'Trip to Bergen')

  expect(link.getAttribute('href')).toBe(`/c/${ID}`)
  expect(names('th a')).not.toContain('Other conversations')
  await until(() => expect(names('caption')).toEqual(['By day', 'By model', 'By conversation']))
  expect(all('tbody tr').map(({ textContent }) => textContent)).toContain(
    'Nov 20, 2026$0.004512212.8K00',
  )
})

test('days are listed newest first', async () => {
  open()
  await find('caption', 'By day')

  expect(names('tbody th').slice(0, 2)).toEqual(['Nov 20, 2026', 'Nov 19, 2026'])
})

test('a model without a price is unpriced, and the sum is a lower bound', async () => {
  totals = { ...SPENT, unpricedCalls: 1, certainty: 'unknown' }
  open()
  await find('dd', '≥$0.004512')
  await find('dd', 'At least this much: 1 model call without a price')

  const row = await find('tr', /home-made/)
  expect(row.textContent).toContain('unpriced')
  expect(row.querySelector('a')?.getAttribute('href')).toBe('/settings/prices?model=home-made')
})

test('another range asks for another beginning, and All for none', async () => {
  vi.setSystemTime('2026-11-20T10:00:00Z')
  const asked = open()
  await find('caption', 'By model')
  expect(beginnings(asked)).toEqual(['2026-10-22T00:00:00.000Z'])
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
  show(<UsagePage />, (asked) => (broken ? new Refusal('The disk is full.') : answer(asked)))
  await find('[role=alert]', /Usage could not be loadedThe disk is full\./)
  broken = false
  const retry = await find('button', 'Try again')
  retry.click()

  expect(await find('caption', 'By model')).toBeTruthy()
})

test('provider, agent and purpose are asked for only when wanted', async () => {
  const asked = open()
  const more = await find('button', 'By provider, agent and purpose')
  expect(groupings(asked)).not.toContain('purpose')
  more.click()

  await find('caption', 'By purpose')
  expect(groupings(asked)).toContain('purpose')
})

function open(): Asked[] {
  return show(<UsagePage />, answer)
}

function answer({ path }: Asked): unknown {
  const by = queryOf(path).get('by') ?? ''
  return { from: null, to: null, totals, groups: totals.calls === 0 ? [] : GROUPS[by] }
}

const group = (key: string, label = key, totals = SPENT) => ({ key, label, totals })
const ID = '0199a000-0000-7000-8000-000000000001'
const GROUPS: Record<string, unknown> = {
  day: [group('2026-11-19'), group('2026-11-20')],
  model: [group('gpt-5.6-luna'), group('home-made', 'home-made', UNPRICED)],
  conversation: [group(ID, 'Trip to Bergen'), group('others', 'Other conversations')],
  provider: [group('openai')],
  agent: [group('assistant')],
  purpose: [group('chat')],
}

function queryOf(path: string): URLSearchParams {
  return new URL(path, location.href).searchParams
}

function beginnings(asked: Asked[]): (string | null)[] {
  return [...new Set(asked.map(({ path }) => queryOf(path).get('from')))]
}

function groupings(asked: Asked[]): (string | null)[] {
  return asked.map(({ path }) => queryOf(path).get('by'))
}
