// Reads the rows to reprice in pages, and stores the record of each batch.
import { type RawBuilder, sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { ModelCall } from '#shared/ledger.ts'
import { type BatchStatus, type PriceBatch, RepriceFilter } from '#shared/prices.ts'
import type { Database, Writing } from '../../db/open.ts'
import type { Period } from '../sums/period.ts'
import { CallChanges } from '../calls/correction-store.ts'
import { allOf } from '../sums/filter-store.ts'
import { callPages } from '../export/page-store.ts'
import { fromRow } from '../calls/call-row-store.ts'

export interface RepriceScope extends Period {
  provider: string | null
  model: string | null
}

const ROWS_PER_PAGE = 100
const NEWEST_BATCHES = 50

export async function* callsToReprice(
  db: Database,
  scope: RepriceScope,
): AsyncGenerator<ModelCall[]> {
  for await (const page of callPages(db, scope, callsOf(scope), ROWS_PER_PAGE)) {
    yield page.map(fromRow)
  }
}

/** Matches the requested or the returned model. The demo's price is fixed. */
function callsOf({ provider, model }: RepriceScope): RawBuilder<boolean> {
  return allOf([
    sql`demo = 0`,
    provider !== null && sql`provider = ${provider}`,
    model !== null && sql`(model_returned = ${model} or model_requested = ${model})`,
  ])
}

export async function callById(trx: Writing, id: string): Promise<ModelCall> {
  const row = await trx
    .selectFrom('model_calls')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return fromRow(row)
}

export interface BatchCorrection {
  id: string
  callId: string
  before: CallChanges
  after: CallChanges
}

/** Newest first, so that a row that a batch changed twice is undone step by step. */
export async function* correctionsOfBatch(
  db: Database,
  batchId: string,
): AsyncGenerator<BatchCorrection[]> {
  for (let before = '\uffff'; ;) {
    const page = await db.kysely
      .selectFrom('call_corrections')
      .selectAll()
      .where('batch_id', '=', batchId)
      .where('reason', '=', 'reprice')
      .where('id', '<', before)
      .orderBy('id', 'desc')
      .limit(ROWS_PER_PAGE)
      .execute()
    const last = page.at(-1)
    if (last === undefined) return
    yield page.map((row) => ({
      id: row.id,
      callId: row.call_id,
      before: CallChanges.parse(JSON.parse(row.before)),
      after: CallChanges.parse(JSON.parse(row.after)),
    }))
    before = last.id
  }
}

export async function openBatch(db: Database, filter: RepriceFilter): Promise<PriceBatch> {
  const batch = { id: uuid(), at: new Date().toISOString(), status: 'running' as const }
  await db.transaction(async (trx) => {
    await trx
      .insertInto('price_batches')
      .values({ ...batch, filter: JSON.stringify(filter) })
      .execute()
  })
  return { ...batch, filter, changed: 0, kept: 0 }
}

export async function setBatchStatus(db: Database, id: string, status: BatchStatus): Promise<void> {
  await db.transaction(async (trx) => {
    await trx.updateTable('price_batches').set({ status }).where('id', '=', id).execute()
  })
}

export async function countInBatch(
  trx: Writing,
  id: string,
  counts: { changed: number; kept: number },
): Promise<void> {
  await trx
    .updateTable('price_batches')
    .set((row) => ({
      changed: row('changed', '+', counts.changed),
      kept: row('kept', '+', counts.kept),
    }))
    .where('id', '=', id)
    .execute()
}

export async function readBatch(db: Database, id: string): Promise<PriceBatch | null> {
  const row = await db.kysely
    .selectFrom('price_batches')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? null : toBatch(row)
}

export async function readBatches(db: Database): Promise<PriceBatch[]> {
  const rows = await db.kysely
    .selectFrom('price_batches')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(NEWEST_BATCHES)
    .execute()
  return rows.map(toBatch)
}

/** At start-up, marks batches that were running when the process ended. They can be undone. */
export async function interruptBatches(db: Database): Promise<void> {
  await db.transaction(async (trx) => {
    await trx
      .updateTable('price_batches')
      .set({ status: 'interrupted' })
      .where('status', 'in', ['running', 'undoing'])
      .execute()
  })
}

type BatchRow = Omit<PriceBatch, 'filter'> & { filter: string }

function toBatch({ id, at, status, filter, changed, kept }: BatchRow): PriceBatch {
  return { id, at, status, filter: RepriceFilter.parse(JSON.parse(filter)), changed, kept }
}
