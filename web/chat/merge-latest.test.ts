import { expect, test } from 'vitest'
import type { ConversationPage, ConversationSummary } from '#shared/api.ts'
import { NO_CALLS } from '#shared/ledger.ts'
import { mergeLatest } from './merge-latest.ts'

const item = (id: string, day: number): ConversationSummary => ({
  id,
  title: id,
  updatedAt: `2026-01-0${day}T00:00:00.000Z`,
  totals: NO_CALLS,
  activeRunId: null,
})
const page = (...items: ConversationSummary[]): ConversationPage => ({ items, nextCursor: 'more' })
const ids = (pages: ConversationPage[]) => pages.map(({ items }) => items.map(({ id }) => id))

test('one that moved on comes to the top, from whichever page', () => {
  const loaded = [page(item('a', 5), item('b', 4)), page(item('c', 3), item('d', 2))]
  const latest = page(item('d', 6), item('a', 5))
  expect(ids(mergeLatest(loaded, latest))).toEqual([['d', 'a', 'b'], ['c']])
})

test('one that was deleted elsewhere goes', () => {
  const loaded = [page(item('a', 5), item('b', 4), item('c', 3))]
  expect(ids(mergeLatest(loaded, page(item('a', 5), item('c', 3))))).toEqual([['a', 'c']])
  expect(ids(mergeLatest(loaded, { items: [], nextCursor: null }))).toEqual([[]])
})
