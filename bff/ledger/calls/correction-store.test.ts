import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { addCall, type ModelCall, NO_CALLS, type Totals } from '#shared/ledger.ts'
import type { Database } from '../../db/open.ts'
import { databaseWith } from '../../testing/ledger-calls.ts'
import { callsOfRun, conversationTotals } from './call-store.ts'
import { type CallChanges, correctCall, correctionsOf } from './correction-store.ts'
import { usageGroups, usageTotals } from '../sums/usage-store.ts'

const ALWAYS = { from: null, to: null }

function correct(db: Database, id: string, changes: CallChanges): Promise<ModelCall> {
  return db.transaction((trx) => correctCall(trx, id, changes, 'reprice', 'batch-1'))
}

async function kept(db: Database): Promise<Totals[]> {
  const groups = await Promise.all(
    (['conversation', 'model', 'day'] as const).map((by) => usageGroups(db, by, ALWAYS)),
  )
  return [
    await conversationTotals(db, 'c-1'),
    await usageTotals(db, ALWAYS),
    ...groups.flatMap((group) => group.map(({ totals }) => totals)),
  ]
}

async function idsOf(db: Database): Promise<string[]> {
  return (await callsOfRun(db, 'run-1')).map(({ id }) => id)
}

test('a correction updates every sum and keeps the previous values', async () => {
  const db = await databaseWith([{ costNanoUsd: 1000 }, { costNanoUsd: 500 }])
  const [id = ''] = await idsOf(db)
  await correct(db, id, { costNanoUsd: 700, computedNanoUsd: 700, priceId: 'mine' })

  for (const totals of await kept(db)) expect(totals).toMatchObject({ calls: 2, costNanoUsd: 1200 })
  expect((await correctionsOf(db, [id])).get(id)).toMatchObject([
    { reason: 'reprice', costBefore: 1000, costAfter: 700 },
  ])
})

test('each of several corrections has its cost before and after', async () => {
  const db = await databaseWith([{ costNanoUsd: 1000 }])
  const [id = ''] = await idsOf(db)
  await correct(db, id, { costNanoUsd: 700 })
  await correct(db, id, { finishReason: 'length' })
  await correct(db, id, { costNanoUsd: null, certainty: 'unknown' })

  expect((await correctionsOf(db, [id])).get(id)).toMatchObject([
    { costBefore: 1000, costAfter: 700 },
    { costBefore: 700, costAfter: 700 },
    { costBefore: 700, costAfter: null },
  ])
})

test('gaining or losing a price changes the count of unpriced calls', async () => {
  const unpriced = { costNanoUsd: null, certainty: 'unknown' } as const
  const db = await databaseWith([unpriced, { ...unpriced, runId: 'run-2' }])
  const [id = ''] = await idsOf(db)
  await correct(db, id, { costNanoUsd: 40, certainty: 'computed' })
  for (const totals of await kept(db)) {
    expect(totals).toMatchObject({ costNanoUsd: 40, unpricedCalls: 1, certainty: 'unknown' })
  }
  await correct(db, id, unpriced)
  for (const totals of await kept(db)) {
    expect(totals).toMatchObject({ costNanoUsd: null, unpricedCalls: 2, certainty: 'unknown' })
  }
})

test('the worst certainty of a sum goes away when the last row that has it is corrected', async () => {
  const db = await databaseWith([
    { certainty: 'estimated' },
    { certainty: 'reported' },
    { certainty: 'estimated', conversationId: null },
  ])
  const [first = '', , last = ''] = await idsOf(db)
  await correct(db, first, { certainty: 'reported' })
  expect(await conversationTotals(db, 'c-1')).toMatchObject({ certainty: 'reported' })
  expect(await usageTotals(db, ALWAYS)).toMatchObject({ certainty: 'estimated' })
  await correct(db, last, { certainty: 'computed' })
  expect(await usageTotals(db, ALWAYS)).toMatchObject({ certainty: 'computed' })
})

test('a row moves to the group of its model when the model becomes known', async () => {
  const db = await databaseWith([{ modelReturned: null, modelRequested: 'alias' }])
  const [id = ''] = await idsOf(db)
  await correct(db, id, { modelReturned: 'gpt-4o' })

  const groups = await usageGroups(db, 'model', ALWAYS)
  expect(groups).toMatchObject([{ key: 'gpt-4o', totals: { calls: 1, costNanoUsd: 1000 } }])
})

test('a correction that changes nothing is not stored', async () => {
  const db = await databaseWith([{}])
  const [id = ''] = await idsOf(db)
  await correct(db, id, { costNanoUsd: 1000, finishReason: 'stop' })

  expect(await correctionsOf(db, [id])).toEqual(new Map())
})

test('a row never changes without a correction, and its request never changes', async () => {
  const db = await databaseWith([{}])
  const [id = ''] = await idsOf(db)
  const write = (statement: string): Promise<unknown> =>
    db.transaction((trx) => sql.raw(statement).execute(trx))

  await expect(write('update model_calls set cost_nano_usd = 1')).rejects.toThrow(/append-only/)
  await expect(write('update model_calls set cost_nano_usd = 1, corrections = 1')).rejects.toThrow(
    /append-only/,
  )
  await correct(db, id, { costNanoUsd: 1 })
  await expect(write(`update model_calls set purpose = 'title'`)).rejects.toThrow(/append-only/)
  await expect(write('delete from call_corrections')).rejects.toThrow(/append-only/)
})

test('sums equal the sum of their rows after any correction', async () => {
  const db = await databaseWith(
    Array.from({ length: 12 }, (_, n) => ({
      costNanoUsd: n * 10,
      inputTokens: n,
      certainty: n % 3 === 0 ? ('estimated' as const) : ('computed' as const),
    })),
  )
  const ids = await idsOf(db)
  for (const [n, id] of ids.entries()) {
    const isUnpriced = n % 4 === 1
    await correct(db, id, {
      inputTokens: n % 2 === 0 ? null : n * 7,
      outputTokens: n,
      costNanoUsd: isUnpriced ? null : n * 3,
      certainty: isUnpriced ? 'unknown' : 'computed',
    })
    const sum = (await callsOfRun(db, 'run-1')).reduce(addCall, NO_CALLS)
    for (const totals of await kept(db)) expect(totals).toEqual(sum)
  }
})
