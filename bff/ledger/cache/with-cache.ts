// Adds to ledger rows what their provider read from cache.
import type { ReceiptCall } from '#shared/api.ts'
import type { ModelCall } from '#shared/ledger.ts'
import type { Database } from '../../db/open.ts'
import { callCache } from './call-cache.ts'
import { reuseOf } from './prefix-store.ts'

/** Only answers have a fingerprint to compare, so only they get a cause. */
export async function withCache(db: Database, calls: ModelCall[]): Promise<ReceiptCall[]> {
  const reuse = await reuseOf(
    db,
    calls.map(({ id }) => id),
  )
  return calls.map((call) => {
    const cache = callCache(call, reuse.get(call.id))
    return cache.hitRate === null ? call : { ...call, cache }
  })
}
