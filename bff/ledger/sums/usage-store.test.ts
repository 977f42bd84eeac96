import { expect, test } from 'vitest'
import { databaseWith } from '../../testing/ledger-calls.ts'
import { exportedCalls, newestCalls } from '../export/export-store.ts'
import { usageGroups, usageOfDays, usageTotals } from './usage-store.ts'

const ALWAYS = { from: null, to: null }

test('groups beyond the limit are merged into one, and nothing is lost', async () => {
  const costs = [9, 8, 7, null, 5]
  const db = await databaseWith(
    costs.map((costNanoUsd, n) => ({
      conversationId: `c-${n}`,
      costNanoUsd,
      certainty: costNanoUsd === null ? ('unknown' as const) : ('computed' as const),
    })),
  )
  const groups = await usageGroups(db, 'conversation', ALWAYS, 3)
  expect(groups.map(({ key, totals }) => [key, totals.costNanoUsd])).toEqual([
    ['c-0', 9],
    ['c-1', 8],
    ['c-2', 7],
    ['others', 5],
  ])
  expect(groups.at(-1)?.totals).toMatchObject({ calls: 2, unpricedCalls: 1, certainty: 'unknown' })
  expect(await usageTotals(db, ALWAYS)).toMatchObject({ calls: 5, costNanoUsd: 29 })
})

test('pages hold every row once, oldest first, even if many started at the same time', async () => {
  const db = await databaseWith(
    Array.from({ length: 11 }, (_, n) => ({ startedAt: `2026-11-0${(n % 2) + 1}T00:00:00.000Z` })),
  )
  const pages = []
  for await (const page of exportedCalls(db, ALWAYS, 3)) pages.push(page)
  expect(pages.map((page) => page.length)).toEqual([3, 3, 3, 2])
  const rows = pages.flat()
  expect(new Set(rows.map(({ id }) => id)).size).toBe(11)
  const times = rows.map((row) => row.started_at)
  expect(times).toEqual(times.toSorted())
})

test('a series that is too long keeps its newest days', async () => {
  const db = await databaseWith(
    [3, 1, 2].map((day) => ({ startedAt: `2026-11-0${day}T12:00:00.000Z` })),
  )
  const days = await usageOfDays(db, 'agent', ALWAYS, ['assistant'], 2)
  expect(days.map(({ day }) => day)).toEqual(['2026-11-02', '2026-11-03'])
})

test('the newest calls of a model are found among calls of other models', async () => {
  const startedAt = (n: number) => `2026-11-${String(1 + n).padStart(2, '0')}T12:00:00.000Z`
  const db = await databaseWith(
    Array.from({ length: 12 }, (_, n) => ({
      startedAt: startedAt(n),
      modelReturned: n % 4 === 0 ? 'rare' : 'usual',
    })),
  )
  const days = async (more: Partial<Parameters<typeof newestCalls>[1]>, limit: number) =>
    (await newestCalls(db, { ...ALWAYS, filter: { model: 'rare' }, ...more }, limit)).map(
      ({ started_at }) => started_at,
    )
  expect(await days({}, 2)).toEqual([startedAt(8), startedAt(4)])
  expect(await days({}, 9)).toEqual([startedAt(8), startedAt(4), startedAt(0)])
  expect(await days({ to: startedAt(8) }, 1)).toEqual([startedAt(4)])
  expect(await days({ from: startedAt(4) }, 9)).toEqual([startedAt(8), startedAt(4)])
  expect(await days({ filter: { model: 'none' } }, 9)).toEqual([])
})
