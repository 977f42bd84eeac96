import { expect, test } from 'vitest'
import type { ConversationSummary } from '#shared/api.ts'
import { NO_CALLS } from '#shared/ledger.ts'
import { groupByAge } from './group-by-age.ts'

const NOW = new Date(2026, 10, 20, 9, 30)

test('conversations are grouped by age in the local time zone', () => {
  const groups = groupByAge(
    [
      at(2026, 10, 20, 0, 1),
      at(2026, 10, 19, 23, 59),
      at(2026, 10, 18),
      at(2026, 10, 13),
      at(2026, 10, 12),
      at(2026, 9, 31),
      at(2025, 9, 2),
    ],
    NOW,
  )
  expect(groups.map(({ label, items }) => [label, items.length])).toEqual([
    ['Today', 1],
    ['Yesterday', 1],
    ['Previous 7 days', 2],
    ['November', 1],
    ['October', 1],
    ['October 2025', 1],
  ])
})

test('a conversation with a future date belongs to today', () => {
  expect(groupByAge([at(2026, 10, 21)], NOW).map(({ label }) => label)).toEqual(['Today'])
})

function at(...time: [number, number, number, number?, number?]): ConversationSummary {
  const updatedAt = new Date(...time).toISOString()
  return {
    id: updatedAt,
    title: 'A title',
    updatedAt,
    totals: NO_CALLS,
    activeRunId: null,
    pinned: false,
    archived: false,
    folderId: null,
    unread: false,
  }
}
