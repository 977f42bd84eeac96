import { expect, test, vi } from 'vitest'
import { NO_CALLS } from '#shared/ledger.ts'
import { all, type RecordedRequest, find, names, Refusal, until } from '../testing/screen.tsx'
import { answerUsage, ID, openUsage as open, queryOf, SPENT } from '../testing/usage.tsx'

test('tables have captions, and a conversation links to its page', async () => {
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
      'By tool',
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
  const totals = { ...SPENT, unpricedCalls: 1, certainty: 'unknown' as const }
  open((asked) => answerUsage(asked, totals))
  await find('dd', '≥$0.004512')
  await find('dd', 'At least this much')

  const row = await find('tr', /home-made.*unpriced/)
  expect(row.textContent).toContain('unpriced')
  const add = [...row.querySelectorAll('a')].find((link) => link.textContent === 'Add a price')
  expect(add?.getAttribute('href')).toBe('/settings/prices?model=home-made')
})

test('a range sets the start of the request, and All leaves it open', async () => {
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

test('a page without usage shows a message instead of tables', async () => {
  open((asked) => answerUsage(asked, NO_CALLS))
  await find('p', 'Nothing in the last 30 days')

  expect(all('table')).toEqual([])
})

test('usage that cannot be loaded shows the cause and can be retried', async () => {
  let broken = true
  open((asked) => (broken ? new Refusal('The disk is full.') : answerUsage(asked)))
  await find('[role=alert]', /Usage could not be loadedThe disk is full\./)
  broken = false
  const retry = await find('button', 'Try again')
  retry.click()

  expect(await find('caption', 'By model')).toBeTruthy()
  expect(await find('dd', 'No change vs previous 30 days')).toBeTruthy()
})

test('daily spend has a chart and a table, split by the chosen group', async () => {
  vi.setSystemTime('2026-11-20T10:00:00Z')
  const asked = open()
  await find('[role=img]', /^Spend over time/)
  const slider = await find('input', 'Time')
  slider.focus()
  await find('figure > div', 'Nov 20, 2026gpt-5.6-luna$0.003')
  expect(slider.getAttribute('aria-valuetext')).toBe('Nov 20, 2026: $0.003')
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

test('totals are compared with the same length of time before', async () => {
  vi.setSystemTime('2026-11-20T10:00:00Z')
  const asked = open()
  await find('dd', 'No change vs previous 30 days')
  const earlier = asked.map(({ path }) => queryOf(path)).filter((query) => query.has('to'))
  expect(earlier.map((query) => [query.get('from'), query.get('to')])).toEqual([
    ['2026-09-22T00:00:00.000Z', '2026-10-21T10:00:00.000Z'],
  ])
  vi.useRealTimers()
})

function beginnings(asked: RecordedRequest[]): (string | null)[] {
  return [...new Set(asked.map(({ path }) => queryOf(path).get('from')))]
}
