// For tests: everything behind the HTTP of conversations and runs, with a function for a model. Also
// used by a process of its own that a test kills.
import { join } from 'node:path'
import type { AgentRun, ModelTarget, RunOutcome } from '../agent/types.ts'
import { startHousekeeping } from '../conversations/housekeeping.ts'
import { conversationRoutes } from '../conversations/routes.ts'
import { searchMessages } from '../conversations/search-store.ts'
import type { OnQuery } from '../db/dialect.ts'
import { openDatabase } from '../db/open.ts'
import { createLedger } from '../ledger/record-call.ts'
import { recoverOpenCalls } from '../ledger/recover-calls.ts'
import { Problem } from '../problem.ts'
import { openRuns } from './open-runs.ts'
import { type RunRouteOptions, runRoutes } from './routes.ts'
import type { RunParts } from './run-parts.ts'

export type Script = (run: AgentRun) => Promise<RunOutcome>

export interface Options extends RunRouteOptions {
  makeTitle?: RunParts['makeTitle']
  onQuery?: OnQuery
}

const TARGET: ModelTarget = {
  provider: 'test',
  kind: 'configured',
  baseUrl: 'http://127.0.0.1:9/v1',
  api: 'responses',
  apiKey: null,
  headers: {},
  maxRetries: 0,
  model: 'model-1',
}

export async function assemble(folder: string, runAgent: Script, options: Options) {
  const { makeTitle = () => Promise.resolve(null), onQuery } = options
  const db = await openDatabase(join(folder, 'tally.db'), onQuery === undefined ? {} : { onQuery })
  await recoverOpenCalls(db)
  const faults: unknown[] = []
  const housekeeping = startHousekeeping(db, (error) => faults.push(error))
  const runs = await openRuns({
    db,
    ledger: createLedger(db),
    lines: { run: () => {}, fault: (error) => void faults.push(error) },
    maxTurns: 5,
    idleTimeoutMs: 1000,
    runAgent,
    makeTitle,
    searchMessages: (query, limit) => searchMessages(db, query, limit),
    findTarget: ({ provider, model }) => targetFor(provider, model),
    checkAgent,
    onMessages: housekeeping.index,
  })
  const app = conversationRoutes({
    db,
    defaultAgent: 'assistant',
    live: (runId) => runs.parts.log.folded(runId),
    checkChoice: ({ agent }) => checkAgent(agent ?? 'assistant'),
    stopRunOf: runs.stopRunOf,
  })
  app.route('/', runRoutes(runs.parts, options))
  app.onError((error) => {
    if (error instanceof Problem) return error.toResponse()
    faults.push(error)
    return new Problem('internal').toResponse()
  })
  const end = once(async () => {
    await runs.end()
    await housekeeping.stop()
    await db.close()
  })
  return { app, db, runs, faults, folder, end }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null
  return () => (done ??= work())
}

function targetFor(provider: string | null, model: string | null): ModelTarget {
  if (provider !== null && provider !== TARGET.provider) throw new Problem('provider_not_found')
  return { ...TARGET, model: model ?? TARGET.model }
}

function checkAgent(name: string): void {
  if (name !== 'assistant') throw new Problem('agent_not_found')
}
