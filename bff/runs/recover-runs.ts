// At start-up: every run that an earlier process left running gets its ending, but for those that
// wait for a decision: they go on waiting. Its text stays, a tool that had started is unknown, and
// nothing is asked of a model again by itself. The ledger closes its open calls first, so that the
// totals are right.
import type { RunParts } from './run-parts.ts'
import { writeEnding } from './finish-run.ts'
import { runsLeftRunning } from './run-store.ts'
import { waitIn } from './await-decision.ts'
import { resumePausedRun } from './resume-paused-run.ts'

/** How many there were. */
export async function recoverRuns(parts: RunParts): Promise<number> {
  const left = await runsLeftRunning(parts.db)
  for (const run of left) {
    const { message } = await parts.log.resume(run.id)
    const wait = waitIn(message)
    if (wait === null) await writeEnding(parts, run, null, 'interrupted')
    else parts.active.start(run.id, (stop) => resumePausedRun(parts, run, wait, stop))
  }
  return left.length
}
