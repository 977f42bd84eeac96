import { expect, test } from 'vitest'
import type { Conversation, ConversationPage, ConversationSummary } from '#shared/api.ts'
import { NO_CALLS } from '#shared/ledger.ts'
import { mergeLatest } from './conversation-lists.ts'
import { prependPage, withoutMessages } from './conversation-pages.ts'
import { joinPages } from './queries.ts'

const page = (ids: string[], previousCursor: string | null): Conversation => ({
  id: 'c',
  title: 't',
  createdAt: '',
  updatedAt: '',
  agent: 'assistant',
  provider: null,
  model: null,
  settings: {},
  totals: NO_CALLS,
  activeRunId: null,
  pinned: false,
  archived: false,
  folderId: null,
  unread: false,
  previousCursor,
  messages: ids.map((id) => ({
    id,
    conversationId: 'c',
    parentId: null,
    role: 'user',
    status: 'completed',
    parts: [],
    createdAt: '',
    runId: null,
    agent: null,
    provider: null,
    model: null,
    totals: null,
    siblingIds: [id],
  })),
})
const ids = ({ messages }: Conversation) => messages.map(({ id }) => id).join('')

test('the newest page, read again, keeps the older pages before it without a gap', () => {
  const loaded = prependPage(page(['c', 'd'], 'c'), page(['a', 'b'], 'a'), 'c')
  const joined = joinPages(loaded, page(['d', 'e', 'f'], 'd'))
  expect(ids(joined)).toBe('abcdef')
  expect(joined.previousCursor).toBe('a')
})

test('a newest page that does not touch what was loaded replaces it', () => {
  const joined = joinPages(page(['a', 'b'], null), page(['x', 'y'], 'x'))
  expect(ids(joined)).toBe('xy')
  expect(joined.previousCursor).toBe('x')
})

test('an older page that comes after the list has changed is dropped', () => {
  const loaded = page(['c', 'd'], 'c')
  expect(prependPage(loaded, page(['a'], null), 'other')).toBe(loaded)
})

const item = (id: string, day: number): ConversationSummary => ({
  id,
  title: id,
  updatedAt: `2026-01-0${day}T00:00:00.000Z`,
  totals: NO_CALLS,
  activeRunId: null,
  pinned: false,
  archived: false,
  folderId: null,
  unread: false,
})
const listPage = (...items: ConversationSummary[]): ConversationPage => ({
  items,
  nextCursor: 'more',
})
const idsOf = (pages: ConversationPage[]) => pages.map(({ items }) => items.map(({ id }) => id))

test('one that moved on comes to the top, from whichever page', () => {
  const loaded = [listPage(item('a', 5), item('b', 4)), listPage(item('c', 3), item('d', 2))]
  const latest = listPage(item('d', 6), item('a', 5))
  expect(idsOf(mergeLatest(loaded, latest))).toEqual([['d', 'a', 'b'], ['c']])
})

test('one that was deleted elsewhere goes', () => {
  const loaded = [listPage(item('a', 5), item('b', 4), item('c', 3))]
  expect(idsOf(mergeLatest(loaded, listPage(item('a', 5), item('c', 3))))).toEqual([['a', 'c']])
  expect(idsOf(mergeLatest(loaded, { items: [], nextCursor: null }))).toEqual([[]])
})

test('another branch joins the loaded page at the message that both come after', () => {
  const loaded = page(['a', 'b', 'c', 'd'], 'a')
  const branch = page(['x', 'y'], 'x')
  branch.messages[0]!.parentId = 'b'
  const joined = joinPages(loaded, branch)
  expect([ids(joined), joined.previousCursor]).toEqual(['abxy', 'a'])
})

test('what followed a deleted message takes its place', () => {
  const loaded = page(['a', 'b', 'c', 'd'], 'a')
  loaded.messages.forEach((message, index) => {
    message.parentId = loaded.messages[index - 1]?.id ?? null
  })
  const left = withoutMessages(loaded, new Set(['b', 'c']))
  expect(left.messages.map(({ id, parentId }) => [id, parentId])).toEqual([
    ['a', null],
    ['d', 'a'],
  ])
})

test('one that belongs to another list now leaves, and a pinned one comes first', () => {
  const loaded = [listPage(item('a', 5), item('b', 4), item('c', 3))]
  const moved = { ...item('a', 5), folderId: 'work' }
  const latest = listPage({ ...item('c', 6), pinned: true }, moved, item('b', 4))
  const isLoose = ({ folderId }: ConversationSummary) => folderId === null
  expect(idsOf(mergeLatest(loaded, latest, isLoose))).toEqual([['c', 'b']])
  const pinned = [listPage({ ...item('c', 3), pinned: true }, item('b', 4))]
  expect(idsOf(mergeLatest(pinned, listPage(item('a', 5), item('b', 4))))).toEqual([
    ['c', 'a', 'b'],
  ])
})
