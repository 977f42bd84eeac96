// Ends the runs whose waits were not decided in time.
import type { RunParts } from './run-parts.ts'
import { expiredWaits, takeWait } from './wait-store.ts'

const EXPIRED = { decision: 'expired' }

export async function expireWaits(
  { db, active, waits }: Pick<RunParts, 'db' | 'active' | 'waits'>,
  now: Date,
): Promise<void> {
  for (const { id, runId } of await expiredWaits(db, now)) {
    if (!(await takeWait(db, id, EXPIRED))) continue
    waits.take(runId)
    active.stop(runId, 'cut', 'wait_expired')
  }
}
