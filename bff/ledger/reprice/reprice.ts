// Reprices the ledger: previews the changes, applies them as one batch of small transactions in the
// background, and undoes a batch. Only one runs at a time.
import type { BatchStatus, PriceBatch, RepriceFilter, RepricePreview } from '#shared/prices.ts'
import type { Database } from '../../db/open.ts'
import { Problem } from '../../http/problem.ts'
import type { BackgroundJobs } from '../../jobs/background-jobs.ts'
import { parsePeriod } from '../sums/period.ts'
import type { PriceBook } from '../pricing/price-book.ts'
import { applyReprice, undoBatch } from './batch.ts'
import type { RepriceBy, TargetOf } from './reprice-call.ts'
import { previewReprice } from './preview.ts'
import {
  interruptBatches,
  openBatch,
  readBatch,
  readBatches,
  type RepriceScope,
  setBatchStatus,
} from './reprice-store.ts'

export interface Repricing {
  preview(filter: RepriceFilter): Promise<RepricePreview>
  /** Returns at once and works in the background. */
  start(filter: RepriceFilter): Promise<PriceBatch>
  undo(batchId: string): Promise<PriceBatch>
  batch(batchId: string): Promise<PriceBatch>
  batches(): Promise<PriceBatch[]>
}

export interface RepriceParts {
  db: Database
  book: Pick<PriceBook, 'overrides'>
  targetOf: TargetOf
  jobs: BackgroundJobs
}

export async function openRepricing(parts: RepriceParts): Promise<Repricing> {
  const { db, book, targetOf, jobs } = parts
  const by = (): RepriceBy => ({ targetOf, overrides: book.overrides() })
  await interruptBatches(db)
  let isBusy = false

  /** `task` resolves with false if it was stopped before the end. */
  const behind = async (
    prepare: () => Promise<PriceBatch>,
    done: BatchStatus,
    task: (batchId: string, stop: AbortSignal) => Promise<boolean>,
  ): Promise<PriceBatch> => {
    if (isBusy) throw new Problem('reprice_active')
    isBusy = true
    const batch = await prepare().catch((error: unknown) => {
      isBusy = false
      throw error
    })
    void jobs.run('reprice', async (stop) => {
      try {
        const isWhole = await task(batch.id, stop)
        await setBatchStatus(db, batch.id, isWhole ? done : 'interrupted')
      } catch (error) {
        await setBatchStatus(db, batch.id, 'interrupted')
        throw error
      } finally {
        isBusy = false
      }
    })
    return batch
  }
  const known = async (id: string): Promise<PriceBatch> => {
    const batch = await readBatch(db, id)
    if (batch === null) throw new Problem('price_batch_not_found')
    return batch
  }

  return {
    preview: (filter) => previewReprice(db, by(), scopeOf(filter)),
    start: async (filter) => {
      const scope = scopeOf(filter)
      return behind(
        () => openBatch(db, filter),
        'done',
        (id, stop) => applyReprice(db, by(), id, scope, stop),
      )
    },
    undo: async (id) => {
      const batch = await known(id)
      if (batch.status === 'undone') return batch
      const prepare = async (): Promise<PriceBatch> => {
        await setBatchStatus(db, id, 'undoing')
        return { ...batch, status: 'undoing' }
      }
      return behind(prepare, 'undone', (_, stop) => undoBatch(db, id, stop))
    },
    batch: known,
    batches: () => readBatches(db),
  }
}

function scopeOf({ from, to, provider, model }: RepriceFilter): RepriceScope {
  return { ...parsePeriod(from ?? undefined, to ?? undefined), provider, model }
}
