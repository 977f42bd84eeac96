// Adds their corrections to ledger rows.
import type { ModelCall } from '#shared/ledger.ts'
import type { Database } from '../../db/open.ts'
import { correctionsOf } from './correction-store.ts'

export async function withCorrections(db: Database, calls: ModelCall[]): Promise<ModelCall[]> {
  const corrections = await correctionsOf(
    db,
    calls.map(({ id }) => id),
  )
  return calls.map((call) => {
    const ofCall = corrections.get(call.id)
    return ofCall === undefined ? call : { ...call, corrections: ofCall }
  })
}
