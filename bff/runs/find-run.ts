// A run as it is right now: its row, and how far its log is.
import type { Run } from '#shared/api.ts'
import { Problem } from '../http/problem.ts'
import type { RunParts } from './run-parts.ts'
import { findRun } from './run-store.ts'

/** Throws the problem that there is none. */
export async function findLiveRun({ db, log }: RunParts, id: string): Promise<Run> {
  let run = await findRun(db, id)
  // It has ended since its row was read.
  if (run?.status === 'running' && log.folded(id) === null) run = await findRun(db, id)
  if (run === null) throw new Problem('run_not_found')
  return run
}

/** The row knows the last seq only when the run has ended. */
export function present({ log }: RunParts, run: Run): Run {
  return { ...run, lastSeq: log.folded(run.id)?.seq ?? run.lastSeq }
}
