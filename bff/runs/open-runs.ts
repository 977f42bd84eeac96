// The runs from start-up to the end of the process. The runs that an earlier process left are ended first, so that no
// reader follows a run that makes no progress.
import type { BackgroundJobs } from '../jobs/background-jobs.ts'
import { ActiveRuns } from './active-runs.ts'
import { EventLog } from './event-log.ts'
import type { RunParts } from './run-parts.ts'
import { sendAllQueued, sendNextSoon } from './send-queued.ts'
import { activeRunOf, runsLeftRunning, timeZoneOf } from './run-store.ts'
import { trimOldEvents } from './trim-store.ts'
import { Waits } from './waits.ts'
import { messageBefore } from './continued-store.ts'
import { writeEnding, finishRun } from './finish-run.ts'
import { goesOn } from './await-budget.ts'
import { expireWaits } from './expire-waits.ts'
import { isStandingStill } from '../runtime/resume-calls.ts'
import { waitsOf, type StoredWait } from './wait-store.ts'
import type { Run } from '#shared/api.ts'
import { driveRun } from './drive-run.ts'
import { findSetup } from './placement-store.ts'
import { RunOutput } from './run-output.ts'
import type { StartedRun } from './run-parts.ts'

export interface Runs {
  parts: RunParts
  /** Asks the active run of a conversation to stop, if there is one. */
  stopRunOf: (conversationId: string) => Promise<void>
  /** Stops the active run of a conversation, and resolves when it has its ending. */
  endRunOf: (conversationId: string) => Promise<void>
  /** Asks readers to come back, brings every run to its ending, and returns when all is written. */
  end: () => Promise<void>
}

const EXPIRY_CHECK_MS = 60_000

type Given = Omit<RunParts, 'log' | 'active' | 'waits' | 'onEnded'> & { jobs: BackgroundJobs }

/** The ledger has closed its open calls before. */
export async function openRuns({ jobs, ...given }: Given): Promise<Runs> {
  const { db, lines } = given
  const active = new ActiveRuns((error) => lines.fault(error, 'counting'))
  const parts: RunParts = {
    ...given,
    active,
    waits: new Waits(),
    log: await EventLog.open(db),
    onEnded: (conversationId) => sendNextSoon(parts, conversationId),
  }
  await recoverRuns(parts)
  jobs.add('waits', () => expireWaits(parts, new Date()), Math.min(EXPIRY_CHECK_MS, given.waitMs))
  void jobs.run('queue', () => sendAllQueued(parts))
  void jobs.run('trim', () => trimOldEvents(db, new Date()))
  return {
    parts,
    stopRunOf: async (conversationId) => {
      const runId = await activeRunOf(db.kysely, conversationId)
      if (runId !== null) active.stop(runId, 'cut', 'conversation_deleted')
    },
    endRunOf: async (conversationId) => {
      const runId = await activeRunOf(db.kysely, conversationId)
      if (runId === null) return
      active.stop(runId)
      await active.ended(runId)
    },
    end: async () => {
      await active.endAll()
      await parts.log.settled()
    },
  }
}

/**
 * Ends every run that an earlier process left running, except those that wait for a decision: they go on
 * waiting. Its text stays, a tool that had started is unknown, and no model is asked again.
 */
async function recoverRuns(parts: RunParts): Promise<void> {
  for (const run of await runsLeftRunning(parts.db)) {
    const { message } = await parts.log.resume(run.id, await messageBefore(parts.db.kysely, run))
    if (run.status === 'stopped') {
      await checkLeft(parts, run)
      await writeEnding(parts, run, null, 'stopped', 'moved_on')
      continue
    }
    const waits = await waitsOf(parts.db, run.id)
    // The process ended between the expiry and the ending.
    if (waits.some(({ decided }) => decided?.decision === 'expired')) {
      await writeEnding(parts, run, null, 'stopped', 'wait_expired')
      continue
    }
    const isWaiting = waits.some(({ decided }) => decided === null)
    if (message !== null && (isWaiting || isStandingStill(message))) {
      parts.active.start(run.id, (stop) => resumePausedRun(parts, run, waits, stop))
    } else {
      await checkLeft(parts, run)
      await writeEnding(parts, run, null, 'interrupted')
    }
  }
}

/** The text of an answer stays, so it is checked even if the run is not continued. */
async function checkLeft(parts: RunParts, run: Run): Promise<void> {
  const message = parts.log.folded(run.id)?.message ?? null
  if (message === null) return
  const output = new RunOutput(parts, { run, settings: {} })
  await parts.checkLeft?.(message, output)
  await output.settled().catch((error: unknown) => parts.lines.fault(error, 'ending'))
}

/**
 * A run that was waiting when the process before this one ended: it waits on, and with the first
 * decision it goes on from the items stored so far, which are exactly what its next request carries.
 */
async function resumePausedRun(
  parts: RunParts,
  run: Run,
  waits: StoredWait[],
  stop: AbortSignal,
): Promise<void> {
  const mayGoOn = await firstDecision(parts, run, waits, stop)
  if (!mayGoOn) {
    if (parts.active.ending.aborted && parts.waits.has(run.id)) return
    parts.waits.close(run.id)
    await checkLeft(parts, run)
    return finishRun(parts, run, { status: 'stopped' }, 'stopped')
  }
  try {
    await driveRun(parts, await startedAgain(parts, run), stop)
  } catch (error) {
    // Its provider or its conversation is gone.
    const output = new RunOutput(parts, { run, settings: {} })
    await finishRun(parts, run, output.failure(error), 'failed')
  }
}

/** False: it is stopped. */
async function firstDecision(
  parts: RunParts,
  run: Run,
  waits: StoredWait[],
  stop: AbortSignal,
): Promise<boolean> {
  const open = waits.filter(({ decided }) => decided === null)
  // A decision was stored, and the process ended before the run went on with it.
  if (open.length === 0) return true
  const decisions = open.map(async ({ id, request }) => {
    const isBudget = request.kind === 'budget'
    const decided = await parts.waits.decision({ runId: run.id, waitId: id, isBudget }, stop)
    return isBudget ? goesOn(parts, run, decided) : decided !== null
  })
  return Promise.race(decisions)
}

async function startedAgain(parts: RunParts, run: Run): Promise<StartedRun> {
  const { settings } = await findSetup(parts.db, run.conversationId)
  const target = await parts.findTarget({ provider: run.provider, model: run.model })
  const timeZone = await timeZoneOf(parts.db, run.id)
  return { run, target, settings, timeZone, goesOn: true }
}
