import { expect, test } from 'vitest'
import type { Conversation } from '#shared/api.ts'
import { NO_CALLS } from '#shared/ledger.ts'
import { joinPages, prependPage } from './conversation-pages.ts'

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
