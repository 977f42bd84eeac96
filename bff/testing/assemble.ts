// For tests: everything behind the HTTP API of conversations and runs, with a function as model. Also
// used by a child process that a test kills.
import { join } from 'node:path'
import type { GivenLimits } from '#shared/budgets.ts'
import { choicesOf, type FindAgent, userOf } from '../runtime/agent-choices.ts'
import { findAgent } from '../agents/registry.ts'
import type { AgentRun, RunOutcome } from '../upstream/agent-run.ts'
import type { ModelTarget } from '../upstream/types.ts'
import { BudgetGuard } from '../budgets/budget-guard.ts'
import { budgetRoutes } from '../budgets/routes.ts'
import type { NextModel } from '../context/read-context.ts'
import { contextRoutes } from '../context/routes.ts'
import { toolUsageRoutes } from '../context/usage-routes.ts'
import { startHousekeeping } from '../conversations/housekeeping.ts'
import { conversationRoutes } from '../conversations/routes.ts'
import { TemporaryConversations, type Times } from '../conversations/temporary.ts'
import type { OnQuery } from '../db/dialect.ts'
import { exportRoutes } from '../exports/routes.ts'
import { renderBlock } from '../exports/share/render-block.ts'
import { Files } from '../files/files.ts'
import { fileRoutes } from '../files/routes.ts'
import { Imports } from '../imports/imports.ts'
import { importRoutes } from '../imports/routes.ts'
import { BackgroundJobs } from '../jobs/background-jobs.ts'
import { NO_OVERRIDES } from '../ledger/pricing/price-book.ts'
import { createLedger } from '../ledger/calls/record-call.ts'
import { priceOf } from '../ledger/pricing/price-in-force.ts'
import { recoverOpenCalls } from '../ledger/calls/recover-calls.ts'
import { ledgerRoutes } from '../ledger/routes.ts'
import { Problem } from '../http/problem.ts'
import { promptRoutes } from '../prompts/routes.ts'
import { ruleRoutes } from '../rules/routes.ts'
import { openRuns } from '../runs/open-runs.ts'
import { type RunRouteOptions, runRoutes } from '../runs/routes.ts'
import { openSearch } from '../search/open-search.ts'
import { searchRoutes } from '../search/routes.ts'
import { searchMessages } from '../search/search-store.ts'
import type { RunParts } from '../runs/run-parts.ts'
import { openFromTemplate } from './database-template.ts'

export type Script = (run: AgentRun) => Promise<RunOutcome>

export interface Options extends RunRouteOptions {
  makeTitle?: RunParts['makeTitle']
  checkLeft?: NonNullable<RunParts['checkLeft']>
  onQuery?: OnQuery
  busyTimeoutMs?: number
  budgets?: GivenLimits
  target?: ModelTarget
  idleTimeoutMs?: number
  now?: () => Date
  /** By default those of the product. */
  findAgent?: FindAgent
  tier?: string
  waitMs?: number
  /** Of temporary conversations. */
  times?: Partial<Times>
  /** How long an upload may stand still. */
  stallMs?: number
}

/** In tokens. */
const WINDOW = 128_000

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
  const { makeTitle = () => Promise.resolve(null), onQuery, target = TARGET } = options
  const { busyTimeoutMs, findAgent: find = findAgent } = options
  const choices = choicesOf(find)
  const { textsOf } = choices
  const { budgets: given = {}, idleTimeoutMs = 1000, now = () => new Date() } = options
  const db = await openFromTemplate(join(folder, 'tally.db'), {
    ...(onQuery && { onQuery }),
    ...(busyTimeoutMs !== undefined && { busyTimeoutMs }),
  })
  await recoverOpenCalls(db)
  const errors: unknown[] = []
  const jobs = new BackgroundJobs((error) => errors.push(error))
  startHousekeeping(db, jobs)
  const search = openSearch({
    db,
    jobs,
    worker: { searchMessages: ({ request }, signal) => searchMessages(db, request, signal) },
    onError: (error) => errors.push(error),
  })
  const files = new Files({ db, folder: join(folder, 'files'), jobs, now })
  const ending = new AbortController()
  const budgetGuard = new BudgetGuard({ db, given, now, price: priceFor })
  const runs = await openRuns({
    db,
    jobs,
    budgetGuard,
    ledger: createLedger(db, NO_OVERRIDES, undefined, {
      ending: ending.signal,
      onError: (error) => void errors.push(error),
    }),
    lines: { run: () => {}, fault: (error) => void errors.push(error), note: () => {} },
    maxTurns: 5,
    idleTimeoutMs,
    runAgent,
    ...(options.checkLeft && { checkLeft: options.checkLeft }),
    makeTitle,
    attach: files.attach,
    searchMessages: search.searchMessages,
    findTarget: ({ provider, model }) => targetFor(target, provider, model),
    checkAgent: (name) => {
      if (find(name) === undefined) throw new Problem('agent_not_found')
    },
    ...choices,
    ...userOf({ userTier: options.tier ?? 'standard', flags: new Set() }),
    waitMs: options.waitMs ?? 24 * 3_600_000,
    onMessages: search.onMessages,
  })
  const { stopRunOf } = runs
  const temporary = new TemporaryConversations({ db, jobs, stopRunOf, files, times: options.times })
  const isCounting = (runId: string) => runs.parts.active.isCounting(runId)
  const live = { folded: (runId: string) => runs.parts.log.folded(runId), isCounting }
  const app = conversationRoutes({
    db,
    defaultAgent: 'assistant',
    live,
    checkChoice: ({ agent }) => checkAgent(agent ?? 'assistant'),
    stopRunOf,
    endRunOf: runs.endRunOf,
    temporary,
    onMessages: search.onMessages,
  })
  app.route(
    '/',
    contextRoutes({ db, textsOf, nextModel: async ({ model }) => next(target, model) }),
  )
  app.route('/', toolUsageRoutes({ db }))
  app.route('/', searchRoutes(search))
  app.route('/', fileRoutes(files))
  const { log } = runs.parts
  app.route(
    '/',
    exportRoutes({
      db,
      live,
      log,
      image: files.dataUrl,
      render: async (block) => renderBlock(block),
      onError: (error) => void errors.push(error),
    }),
  )
  const imports = await Imports.open({
    db,
    dataDir: folder,
    files,
    jobs,
    agent: 'assistant',
    hasAgent: (name) => find(name) !== undefined,
    onMessages: search.onMessages,
    onError: (error) => void errors.push(error),
  })
  app.route('/', importRoutes(imports, options.stallMs))
  app.route('/', runRoutes(runs.parts, options))
  app.route('/', ledgerRoutes({ db, isCounting }))
  app.route('/', budgetRoutes({ db, given, now }))
  app.route('/', promptRoutes({ db, now }))
  app.route('/', ruleRoutes({ db, findTool: choices.findTool, now }))
  app.onError((error) => {
    if (error instanceof Problem) return error.toResponse()
    errors.push(error)
    return new Problem('internal').toResponse()
  })
  const end = once(async () => {
    ending.abort()
    await runs.end()
    await jobs.stop()
    await db.close()
  })
  return { app, db, files, budgetGuard, runs, errors, folder, end }
}

function priceFor(target: ModelTarget, inputTokens: number, at: Date) {
  return priceOf(target, target.model, { at, inputTokens, serviceTier: null })
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null
  return () => (done ??= work())
}

function targetFor(
  target: ModelTarget,
  provider: string | null,
  model: string | null,
): ModelTarget {
  if (provider !== null && provider !== target.provider) throw new Problem('provider_not_found')
  return { ...target, model: model ?? target.model }
}

function next({ provider, model: standard }: ModelTarget, model: string | null): NextModel {
  return { provider, model: model ?? standard, window: WINDOW }
}

function checkAgent(name: string): void {
  if (name !== 'assistant') throw new Problem('agent_not_found')
}
