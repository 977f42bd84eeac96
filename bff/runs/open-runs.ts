// Runs from start-up to the end of the process: what an earlier process left is ended first, so
// that nobody reads a run that nobody drives.
import type { BackgroundJobs } from '../jobs/background-jobs.ts'
import { ActiveRuns } from './active-runs.ts'
import { EventLog } from './event-log.ts'
import { recoverRuns } from './recover-runs.ts'
import type { RunParts } from './run-parts.ts'
import { activeRunOf } from './run-store.ts'
import { trimOldEvents } from './trim-store.ts'
import { Waits } from './waits.ts'

export interface Runs {
  parts: RunParts
  /** Asks the active run of a conversation to stop, if there is one. */
  stopRunOf: (conversationId: string) => Promise<void>
  /** Asks readers to come back, brings every run to its ending, and returns when all is written. */
  end: () => Promise<void>
}

type Given = Omit<RunParts, 'log' | 'active' | 'waits'> & { jobs: BackgroundJobs }

/** The ledger has closed its open calls before. */
export async function openRuns({ jobs, ...given }: Given): Promise<Runs> {
  const { db, lines } = given
  const active = new ActiveRuns((error) => lines.fault(error, 'counting'))
  const parts: RunParts = { ...given, active, waits: new Waits(), log: await EventLog.open(db) }
  await recoverRuns(parts)
  void jobs.run('trim', () => trimOldEvents(db, new Date()))
  return {
    parts,
    stopRunOf: async (conversationId) => {
      const runId = await activeRunOf(db.kysely, conversationId)
      if (runId !== null) active.stop(runId, 'cut', 'conversation_deleted')
    },
    end: async () => {
      await active.endAll()
      await parts.log.settled()
    },
  }
}
