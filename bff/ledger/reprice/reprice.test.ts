import { expect, test } from 'vitest'
import { PriceBatch } from '#shared/prices.ts'
import {
  costs,
  LISTED,
  MINE,
  MY_COST,
  previewOf,
  reprice,
  setPrice,
  settled,
  undo,
  UNPRICED,
  USAGE,
  withCalls,
} from '../../testing/prices.ts'
import { callsOfRun, conversationTotals } from '../calls/call-store.ts'
import { correctCall } from '../calls/correction-store.ts'
import { openBatch } from './reprice-store.ts'
import { usageTotals } from '../sums/usage-store.ts'

test('changes nothing if no price has changed', async () => {
  const served = await withCalls(LISTED, UNPRICED)
  expect(await previewOf(served)).toMatchObject({ rows: 2, changed: 0, conversations: [] })
})

test('a preview names every sum that would change, and changes none', async () => {
  const served = await withCalls(
    LISTED,
    { ...LISTED, conversationId: 'c-2' },
    { ...UNPRICED, conversationId: null },
  )
  await setPrice(served, MINE)
  await setPrice(served, { ...MINE, modelPattern: 'home-*', provider: 'proxy' })
  expect(await previewOf(served)).toMatchObject({
    rows: 3,
    changed: 3,
    before: { costNanoUsd: 7_000_000, unpricedCalls: 1, certainty: 'unknown' },
    after: { costNanoUsd: 3 * MY_COST, unpricedCalls: 0, certainty: 'computed' },
    conversations: [
      { conversationId: 'c-1', rows: 1, before: { costNanoUsd: 3_500_000 } },
      { conversationId: 'c-2', rows: 1, after: { costNanoUsd: MY_COST } },
      { title: 'No conversation', before: { costNanoUsd: null, unpricedCalls: 1 } },
    ],
  })
  expect(await costs(served.db)).toEqual([3_500_000, 3_500_000, null])
})

test('rows, totals and reasons are updated, and all of it can be undone', async () => {
  const served = await withCalls(LISTED, { ...LISTED, startedAt: '2026-11-03T12:00:00.000Z' })
  const override = await setPrice(served, MINE)
  const before = await conversationTotals(served.db, 'c-1')
  const batch = await reprice(served)
  expect(batch).toMatchObject({ status: 'done', changed: 2 })
  const [row] = await callsOfRun(served.db, 'run-1')
  expect(row).toMatchObject({
    costNanoUsd: MY_COST,
    priceId: `override:${override.id}@1`,
    price: { origin: 'override' },
  })
  for (const totals of [
    await conversationTotals(served.db, 'c-1'),
    await usageTotals(served.db, { from: null, to: null }),
  ]) {
    expect(totals).toMatchObject({ calls: 2, costNanoUsd: 2 * MY_COST })
  }

  expect(await undo(served, batch)).toMatchObject({ status: 'undone', changed: 0, kept: 0 })
  expect(await conversationTotals(served.db, 'c-1')).toEqual(before)
  expect((await callsOfRun(served.db, 'run-1'))[0]).toMatchObject({
    priceId: 'list',
    price: null,
  })
  expect(await served.get('/api/prices/reprice')).toMatchObject({ items: [{ id: batch.id }] })
})

test('only the selected rows are repriced', async () => {
  const served = await withCalls(LISTED, UNPRICED, {
    ...LISTED,
    startedAt: '2026-11-05T00:00:00.000Z',
  })
  await setPrice(served, { ...MINE, modelPattern: '*' })
  const changed = async (filter: object) => (await previewOf(served, filter)).changed
  expect(await changed({})).toBe(3)
  expect(await changed({ provider: 'proxy' })).toBe(1)
  expect(await changed({ model: 'gpt-4o' })).toBe(2)
  expect(await changed({ from: '2026-11-03' })).toBe(1)
  expect(await changed({ to: '2026-11-04' })).toBe(2)
  const wrong = await served.send('POST', '/api/prices/reprice', { from: 'once' })
  expect(wrong.status).toBe(400)
})

test('an amount the provider reported and a price no longer known are kept', async () => {
  const served = await withCalls(
    {
      ...LISTED,
      rawUsage: { ...USAGE, cost: 0.25 },
      costNanoUsd: 250_000_000,
      certainty: 'reported',
    },
    { ...UNPRICED, costNanoUsd: 77, certainty: 'computed', priceId: 'an older list' },
    { ...LISTED, provider: 'gone', costNanoUsd: 5 },
    { costNanoUsd: 0, priceId: 'refused', status: 'failed' },
  )
  expect((await previewOf(served)).changed).toBe(0)
})

test('removing a price that was set removes it from the row', async () => {
  const served = await withCalls(UNPRICED)
  const { id } = await setPrice(served, { ...MINE, modelPattern: 'home-*' })
  await reprice(served)
  expect(await costs(served.db)).toEqual([MY_COST])
  await served.send('DELETE', `/api/prices/overrides/${id}`)
  await reprice(served)
  expect(await costs(served.db)).toEqual([null])
})

test('an undo skips rows that were changed again since', async () => {
  const served = await withCalls({ ...LISTED, id: 'changed-again' }, LISTED)
  await setPrice(served, MINE)
  const batch = await reprice(served)
  await served.db.transaction((trx) =>
    correctCall(trx, 'changed-again', { costNanoUsd: 9 }, 'finished_counting'),
  )
  expect(await undo(served, batch)).toMatchObject({ status: 'undone', changed: 1, kept: 1 })
  expect(await costs(served.db)).toEqual(expect.arrayContaining([3_500_000, 9]))
})

test('an estimate stays an estimate', async () => {
  const served = await withCalls({ ...LISTED, rawUsage: null, certainty: 'estimated' })
  await setPrice(served, MINE)
  await reprice(served)
  expect(await conversationTotals(served.db, 'c-1')).toMatchObject({
    costNanoUsd: MY_COST,
    certainty: 'estimated',
  })
})

test('many rows make one batch, and only one batch runs at a time', async () => {
  const served = await withCalls(...Array.from({ length: 250 }, () => LISTED))
  await setPrice(served, MINE)
  const [first, second] = await Promise.all(
    [1, 2].map(() => served.send('POST', '/api/prices/reprice', { preview: false })),
  )
  expect([first?.status, second?.status]).toEqual(expect.arrayContaining([202, 409]))
  const accepted = first?.status === 202 ? first : second
  const batch = await settled(served, PriceBatch.parse(await accepted?.json()))
  expect(batch).toMatchObject({ status: 'done', changed: 250 })
  expect(await conversationTotals(served.db, 'c-1')).toMatchObject({
    costNanoUsd: 250 * MY_COST,
  })
})

test('an unknown batch is a 404', async () => {
  const { send } = await withCalls()
  const response = await send('POST', '/api/prices/reprice/none/undo')
  expect(await response.json()).toMatchObject({ status: 404, code: 'price_batch_not_found' })
})

test('a batch that was running when the process ended can be undone', async () => {
  const served = await withCalls(LISTED)
  await setPrice(served, MINE)
  const batch = await openBatch(served.db, { from: null, to: null, provider: null, model: null })
  const [row] = await callsOfRun(served.db, 'run-1')
  await served.db.transaction((trx) =>
    correctCall(trx, row?.id ?? '', { costNanoUsd: MY_COST }, 'reprice', batch.id),
  )
  const again = await served.restart()
  expect(await again.get(`/api/prices/reprice/${batch.id}`)).toMatchObject({
    status: 'interrupted',
  })
  expect(await undo(again, batch)).toMatchObject({ status: 'undone' })
  expect(await costs(served.db)).toEqual([3_500_000])
})
