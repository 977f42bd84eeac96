// Requests that a crash left without an amount, and their correction.
import type { ModelCall } from '#shared/ledger.ts'
import type { Database } from '../../db/open.ts'
import type { Priced } from '../pricing/price-call.ts'
import { correctCall } from './correction-store.ts'
import { fromRow } from './call-row-store.ts'

/** Only recent crashes are corrected; the conversation may be older. */
const MAX_MS = 24 * 60 * 60_000

/** Returns the interrupted requests of the last day that have no token counts. */
export async function lostCalls({ kysely }: Database, now: Date): Promise<ModelCall[]> {
  const rows = await kysely
    .selectFrom('model_calls')
    .selectAll()
    .where('owner', '=', 'local')
    .where('demo', 'in', [0, 1])
    .where('started_at', '>', new Date(now.getTime() - MAX_MS).toISOString())
    .where('status', '=', 'failed')
    .where('finish_reason', '=', 'interrupted')
    .where('input_tokens', 'is', null)
    .where('run_id', 'is not', null)
    .execute()
  return rows.map(fromRow)
}

export interface LostCounts {
  inputTokens: number
  outputTokens: number
  durationMs: number
}

export async function correctLost(
  db: Database,
  callId: string,
  counts: LostCounts,
  priced: Priced,
): Promise<void> {
  // A time-based price is an estimate too: the end of the request was not observed.
  const certainty = priced.certainty === 'computed' ? 'estimated' : priced.certainty
  await db.transaction(async (trx) => {
    await correctCall(trx, callId, { ...counts, ...priced, certainty }, 'recovered')
  })
}
