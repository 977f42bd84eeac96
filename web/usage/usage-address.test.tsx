import { expect, test, vi } from 'vitest'
import { all, find, names, until, write } from '../testing/screen.tsx'
import { GONE, ID, openUsage as open, queryOf } from '../testing/usage.tsx'

test('a custom range is in the address and compared with as many days before', async () => {
  vi.setSystemTime('2026-11-20T10:00:00Z')
  const asked = open()
  const custom = await find('input', 'Custom')
  custom.click()
  write(await find('input', 'From'), '2026-11-02')
  write(await find('input', 'To'), '2026-11-04')

  await find('dd', /vs previous 3 days/)
  expect(location.search).toBe('?from=2026-11-02&to=2026-11-04')
  const spans = asked.map(({ path }) => queryOf(path)).map((query) => spanIn(query))
  expect(spans).toContain('2026-11-02T00:00:00.000Z 2026-11-05T00:00:00.000Z')
  expect(spans).toContain('2026-10-30T00:00:00.000Z 2026-11-02T00:00:00.000Z')
  vi.useRealTimers()
})

test('an invalid range is explained and leaves the page as it was', async () => {
  history.replaceState(null, '', '/usage?from=2026-11-02&to=2026-11-04')
  const asked = open()
  await find('caption', 'By model')
  const before = asked.length
  write(await find('input', 'To'), '2026-11-01')

  await find('output', /The first day lies after the last one/)
  expect(asked).toHaveLength(before)
  expect(location.search).toBe('?from=2026-11-02&to=2026-11-04')
})

test('an address with an invalid range is explained', async () => {
  history.replaceState(null, '', '/usage?from=yesterday')
  open()
  await find('p', 'These days cannot be shown')
  await find('output', 'Choose a first day.')

  expect(all('table')).toEqual([])
})

test('a row links to its own usage, and a day to its calls', async () => {
  open()
  const model = await find('th a', 'gpt-5.6-luna')
  expect(model.getAttribute('href')).toBe('/usage?model=gpt-5.6-luna')
  const day = await find('th a', 'Nov 20, 2026')
  expect(day.getAttribute('href')).toBe('/usage?from=2026-11-20&to=2026-11-20')
  const gone = await find('a', 'Show only Deleted conversation')
  expect(gone.getAttribute('href')).toBe(`/usage?conversation=${GONE.key}`)
  expect(names('a')).not.toContain('Show only Other conversations')
})

test('a filter is shown, applies to exports and can be removed', async () => {
  history.replaceState(null, '', `/usage?days=7&conversation=${ID}&agent=`)
  const asked = open()
  await find('caption', 'Calls, newest first')
  const leave = await find('a', 'Conversation Trip to Bergen, remove')
  expect(leave.getAttribute('href')).toBe('/usage?days=7&agent=')
  expect((await find('a', 'CSV')).getAttribute('href')).toContain(`&conversation=${ID}&agent=`)
  const billed = asked.map(({ path }) => queryOf(path)).filter((query) => !query.has('demo'))
  const filters = billed.map((query) => query.get('conversation'))
  expect(new Set(filters)).toEqual(new Set([ID]))

  const out = await find('a', 'Agent No agent, remove')
  out.click()
  await until(() => expect(location.search).toBe(`?days=7&conversation=${ID}`))
})

test('calls are listed newest first, in pages, each with its receipt', async () => {
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

test('a tool links to its uses, and each use to its conversation', async () => {
  const scrolled = vi.spyOn(HTMLElement.prototype, 'scrollIntoView')
  const asked = open()
  const tool = await find('th a', 'calculate')
  expect(tool.getAttribute('href')).toBe('/usage?tool=calculate')
  tool.click()

  const row = await find('tr', /^Trip to BergenNov 20, 2026, 08:15:30/)
  expect(row.textContent).toBe('Trip to BergenNov 20, 2026, 08:15:30≈$0.004≈1.5K1 request12 ms')
  expect(row.querySelector('a')?.getAttribute('href')).toBe(`/c/${ID}`)
  await find('tr', /^Deleted conversation.*–≈1\.5K0 requests · dropped12 ms · failed$/)
  expect(names('p')).toContainEqual(expect.stringContaining('3 more uses were in deleted'))
  expect(scrolled).toHaveBeenCalledTimes(1)
  expect(tool.getAttribute('aria-current')).toBe('true')

  const more = await find('button', 'Show more')
  more.click()
  await find('td', 'unpriced')
  const newest = await find('input', 'Newest first')
  newest.click()
  await find('caption', 'Uses of calculate, newest first')
  const orders = asked.map(({ path }) => queryOf(path).get('order'))
  expect(orders.filter((order) => order !== null)).toEqual(['dearest', 'dearest', 'newest'])

  const close = await find('a', 'Close the uses of calculate')
  close.click()
  await until(() => expect(names('h2')).not.toContain('Uses of calculate'))
  expect(location.search).toBe('')
})

test('a filtered page lists no tool uses', async () => {
  history.replaceState(null, '', '/usage?tool=calculate&model=gpt-5.6-luna')
  open()
  const agent = await find('th a', 'assistant')
  expect(agent.getAttribute('href')).toBe('/usage?model=gpt-5.6-luna&agent=assistant')
  await find('caption', 'Calls, newest first')

  expect(names('h2')).not.toContain('Uses of calculate')
})

function spanIn(query: URLSearchParams): string {
  return `${query.get('from')} ${query.get('to')}`
}
