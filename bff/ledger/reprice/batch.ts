// Applies a batch of corrections in small transactions, yielding to the event loop in between, and
// undoes a batch. Both resolve with false if they were stopped before the end.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { ModelCall } from '#shared/ledger.ts'
import type { Database } from '../../db/open.ts'
import { repriced, type RepriceBy } from './reprice-call.ts'
import { changesIn } from './preview.ts'
import { type CallChanges, correctCall } from '../calls/correction-store.ts'
import {
  type BatchCorrection,
  callById,
  callsToReprice,
  correctionsOfBatch,
  countInBatch,
  type RepriceScope,
} from './reprice-store.ts'

/** Keeps a transaction to a few milliseconds, because it blocks other writers. */
const ROWS_PER_TRANSACTION = 10

/** Reprices every row in `scope`. Resolves with false if it was stopped. */
export async function applyReprice(
  db: Database,
  by: RepriceBy,
  batchId: string,
  scope: RepriceScope,
  signal: AbortSignal,
): Promise<boolean> {
  for await (const page of callsToReprice(db, scope)) {
    const ids = changesIn(page, by).map(([{ id }]) => id)
    for (const some of inPieces(ids)) {
      if (signal.aborted) return false
      await correctSome(db, by, batchId, some)
      await yieldToEventLoop()
    }
    await yieldToEventLoop()
  }
  return true
}

/** Prices again inside the transaction: the row may have been corrected since it was read. */
async function correctSome(
  db: Database,
  by: RepriceBy,
  batchId: string,
  ids: string[],
): Promise<void> {
  await db.transaction(async (trx) => {
    let changed = 0
    for (const id of ids) {
      const priced = repriced(await callById(trx, id), by)
      if (priced === null) continue
      await correctCall(trx, id, priced, 'reprice', batchId)
      changed += 1
    }
    await countInBatch(trx, batchId, { changed, kept: 0 })
  })
}

/** Undoes a batch, skipping rows that were changed since. Resolves with false if it was stopped. */
export async function undoBatch(
  db: Database,
  batchId: string,
  signal: AbortSignal,
): Promise<boolean> {
  for await (const page of correctionsOfBatch(db, batchId)) {
    for (const some of inPieces(page)) {
      if (signal.aborted) return false
      await undoSome(db, batchId, some)
      await yieldToEventLoop()
    }
  }
  return true
}

async function undoSome(
  db: Database,
  batchId: string,
  corrections: BatchCorrection[],
): Promise<void> {
  await db.transaction(async (trx) => {
    const counts = { changed: 0, kept: 0 }
    for (const { callId, before, after } of corrections) {
      const call = await callById(trx, callId)
      if (holds(call, after)) {
        await correctCall(trx, callId, before, 'undo', batchId)
        counts.changed -= 1
      } else if (!holds(call, before)) counts.kept += 1
    }
    await countInBatch(trx, batchId, counts)
  })
}

/** Returns true if the row still has the values of the correction. */
function holds(call: ModelCall, after: CallChanges): boolean {
  const now = new Map<string, unknown>(Object.entries(call))
  return Object.entries(after).every(
    ([name, value]) => JSON.stringify(now.get(name) ?? null) === JSON.stringify(value ?? null),
  )
}

function inPieces<T>(all: T[]): T[][] {
  const count = Math.ceil(all.length / ROWS_PER_TRANSACTION)
  return Array.from({ length: count }, (_, index) =>
    all.slice(index * ROWS_PER_TRANSACTION, (index + 1) * ROWS_PER_TRANSACTION),
  )
}
