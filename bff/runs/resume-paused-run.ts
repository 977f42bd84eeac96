// A run that was waiting when the process before this one ended: it waits on, and when it may it
// goes on from the items stored so far, which are exactly what its next request carries.
import type { Run } from '#shared/api.ts'
import { driveRun } from './drive-run.ts'
import { finishRun } from './finish-run.ts'
import { findSetup } from './placement-store.ts'
import { RunOutput } from './run-output.ts'
import type { RunParts } from './run-parts.ts'
import { timeZoneOf } from './run-store.ts'
import type { StartedRun } from './started-run.ts'
import { decided, type OpenWait } from './await-decision.ts'

export async function resumePausedRun(
  parts: RunParts,
  run: Run,
  wait: OpenWait,
  stop: AbortSignal,
): Promise<void> {
  const mayGoOn = await decided(parts, run, wait, stop)
  if (!mayGoOn) {
    if (parts.active.ending.aborted && parts.waits.has(run.id)) return
    parts.waits.close(run.id)
    return finishRun(parts, run, { status: 'stopped' }, 'stopped')
  }
  try {
    await driveRun(parts, await startedAgain(parts, run), stop)
  } catch (error) {
    // Its provider or its conversation is not there any more.
    const output = new RunOutput(parts, { run, settings: {} })
    await finishRun(parts, run, output.failure(error), 'failed')
  }
}

async function startedAgain(parts: RunParts, run: Run): Promise<StartedRun> {
  const { settings } = await findSetup(parts.db, run.conversationId)
  const target = await parts.findTarget({ provider: run.provider, model: run.model })
  const timeZone = await timeZoneOf(parts.db, run.id)
  return { run, target, settings, timeZone, goesOn: true }
}
