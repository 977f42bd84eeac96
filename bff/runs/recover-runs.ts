// At start-up: every run that an earlier process left running gets its ending. Its text stays, a
// tool that had started is unknown, and nothing is asked of a model again by itself. The ledger
// closes its open calls first, so that the totals are right.
import type { RunParts } from './run-parts.ts'
import { writeEnding } from './finish-run.ts'
import { runsLeftRunning } from './run-store.ts'

/** How many there were. */
export async function recoverRuns(
  parts: Pick<RunParts, 'db' | 'log' | 'ledger' | 'lines' | 'onMessages'>,
): Promise<number> {
  const left = await runsLeftRunning(parts.db)
  for (const run of left) {
    await parts.log.resume(run.id)
    await writeEnding(parts, run, null, 'interrupted')
  }
  return left.length
}
