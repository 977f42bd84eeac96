// Puts the real parts together, in the order in which they need each other.
import { join } from 'node:path'
import type { Hono } from 'hono'
import { createAgentParts } from './runtime/agent-parts.ts'
import { choicesOf, userOf } from './runtime/agent-choices.ts'
import { fetchUsage } from './upstream/fetch-usage.ts'
import { createGuardrails } from './agents/guardrails.ts'
import { type Agents, AGENTS, DEFAULT_AGENT, findAgent } from './agents/registry.ts'
import { ShopStore } from './agents/shop/shop-store.ts'
import { checkLeftAnswer } from './runtime/check-texts.ts'
import { runAgent } from './runtime/run-agent.ts'
import { makeTitle } from './runtime/title.ts'
import { createApp } from './app.ts'
import { composeContext } from './compose-context.ts'
import { composeProviders } from './compose-providers.ts'
import { BudgetGuard } from './budgets/budget-guard.ts'
import { budgetRoutes } from './budgets/routes.ts'
import { openReports } from './checks/report-store.ts'
import { Checks } from './checks/checks.ts'
import type { PriceOf } from './checks/plan-check.ts'
import { checkRoutes } from './checks/routes.ts'
import type { Config } from './config/config.ts'
import { checkModel, type whoAnswers } from './context/next-model.ts'
import { startHousekeeping } from './conversations/housekeeping.ts'
import { conversationRoutes } from './conversations/routes.ts'
import { TemporaryConversations } from './conversations/temporary.ts'
import { exportRoutes } from './exports/routes.ts'
import { Files } from './files/files.ts'
import { fileRoutes } from './files/routes.ts'
import { Imports } from './imports/imports.ts'
import { importRoutes } from './imports/routes.ts'
import { openDatabase } from './db/open.ts'
import { watchIntegrity } from './db/watch-integrity.ts'
import { watchLog } from './db/watch-log.ts'
import { BackgroundJobs } from './jobs/background-jobs.ts'
import { UsageLookupQueue } from './ledger/lookup/usage-lookup-queue.ts'
import { openPriceBook } from './ledger/pricing/price-book.ts'
import { priceOf } from './ledger/pricing/price-in-force.ts'
import { priceRoutes } from './ledger/pricing/routes.ts'
import { createLedger } from './ledger/calls/record-call.ts'
import { recoverOpenCalls } from './ledger/calls/recover-calls.ts'
import { openRepricing } from './ledger/reprice/reprice.ts'
import { cacheRoutes } from './ledger/cache/routes.ts'
import { ledgerRoutes } from './ledger/routes.ts'
import { whatIfRoutes } from './ledger/what-if/routes.ts'
import type { Log } from './log/log.ts'
import { inEnglish } from './http/language.ts'
import { Problem } from './http/problem.ts'
import { promptRoutes } from './prompts/routes.ts'
import { reconcileRoutes } from './reconcile/routes.ts'
import { estimateLost } from './runs/estimate-lost.ts'
import { openRuns } from './runs/open-runs.ts'
import { ruleRoutes } from './rules/routes.ts'
import { runRoutes } from './runs/routes.ts'
import { openSearch } from './search/open-search.ts'
import { searchRoutes } from './search/routes.ts'
import { pageRoutes } from './http/static.ts'
import { backgroundWorker } from './worker/background-worker.ts'

const BUILT_PAGE = join(import.meta.dirname, '..', 'dist', 'web')

export interface OpenTally {
  app: Hono
  /** Who answers a new conversation if no provider is set up. */
  answersFrom: () => ReturnType<typeof whoAnswers>
  /** Asks readers to come back, and brings every run to its ending. */
  end: () => Promise<void>
  /** When no request can come any more. */
  close: () => Promise<void>
}

export async function openTally(
  config: Config,
  version: string,
  log: Log,
  agents: Agents = AGENTS,
): Promise<OpenTally> {
  const find = (name: string) => findAgent(name, agents)
  const shop = new ShopStore(join(config.dataDir, 'shop.db'))
  const agentParts = {
    ...createAgentParts(
      find,
      { shop },
      { writeFile: (file) => files.write(file), keepFiles: (made) => files.keepOfTool(made) },
    ),
    guardrails: createGuardrails(config),
  }
  const choices = choicesOf(find)
  const { textsOf } = choices
  const checkAgent = (name: string) => {
    if (find(name) === undefined) throw new Problem('agent_not_found')
  }
  const now = () => new Date()
  const file = join(config.dataDir, 'tally.db')
  const db = await openDatabase(file, { onWarning: log.note })
  const jobs = new BackgroundJobs(log.fault, inEnglish)
  await recoverOpenCalls(db)
  const book = await openPriceBook(db, () => providers.forgetPrices())
  const overrides = () => book.overrides()
  const reports = await openReports(db)
  const providerParts = { db, config, agents, book, reports, onNote: log.note, now }
  const { providers, summarizeAbove, defaultInstructions, language, ...choice } =
    await composeProviders(providerParts)
  const targetOf = (name: string) => providers.find(name) ?? null
  void jobs.run('discovery', (stop) => providers.warmUp(stop))
  const repricing = await openRepricing({ db, book, targetOf, jobs })
  const files = new Files({ db, folder: join(config.dataDir, 'files'), jobs, now })
  startHousekeeping(db, jobs)
  const search = openSearch({
    db,
    jobs,
    worker: backgroundWorker,
    onError: (error) => log.fault(error, 'index'),
  })
  const given = config.budgets
  const price: PriceOf = (target, inputTokens, at) =>
    priceOf(target, target.model, { at, inputTokens, serviceTier: null, overrides: overrides() })
  const budgetGuard = new BudgetGuard({ db, given, now, price })
  const usageLookups = new UsageLookupQueue({
    db,
    book,
    targetOf,
    ask: fetchUsage,
    jobs,
    onError: (error) => log.fault(error, 'lookup'),
    now,
  })
  usageLookups.wake()
  const ending = new AbortController()
  const onError = (error: unknown) => log.fault(error, 'storage')
  const ledger = createLedger(db, book, usageLookups, { ending: ending.signal, onError })
  const { idleTimeoutMs } = config
  const checks = new Checks({ reports, providers, ledger, budgetGuard, price, idleTimeoutMs })
  const context = composeContext({
    db,
    config,
    book,
    providers,
    reports,
    budgetGuard,
    ledger,
    agentParts,
    textsOf,
    checkAgent,
    summarizeAbove,
    defaultInstructions,
    attach: files.attach,
    ending: ending.signal,
    now,
  })
  const runs = await openRuns({
    db,
    jobs,
    budgetGuard,
    ledger,
    lines: log,
    maxTurns: config.maxTurns,
    idleTimeoutMs,
    answerTimeoutMs: config.answerTimeoutMs,
    runAgent: (run) => runAgent(run, agentParts),
    checkLeft: (message, output) => checkLeftAnswer(message, output, agentParts, userOf(config)),
    makeTitle: (request) => makeTitle(request, agentParts),
    summarize: (conversationId) => context.summaries.makeIfFull(conversationId),
    searchMessages: search.searchMessages,
    findTarget: (wanted) => providers.resolve(wanted),
    checkAgent,
    attach: files.attach,
    ...choices,
    ...userOf(config),
    waitMs: config.waitMs,
    onMessages: search.onMessages,
  })
  const temporary = new TemporaryConversations({ db, jobs, stopRunOf: runs.stopRunOf, files })
  const lostParts = { db, textsOf, targetOf, overrides, now }
  void jobs.run('lost', (stop) => estimateLost(lostParts, stop))
  watchIntegrity(db, jobs)
  watchLog(db, jobs, backgroundWorker)
  const isCounting = (runId: string) => runs.parts.active.isCounting(runId)
  const live = { folded: (runId: string) => runs.parts.log.folded(runId), isCounting }
  const imports = await Imports.open({
    db,
    dataDir: config.dataDir,
    files,
    jobs,
    agent: DEFAULT_AGENT,
    hasAgent: (name) => find(name) !== undefined,
    onMessages: search.onMessages,
    onError: (error) => log.fault(error, 'import'),
  })
  const onExportError = (error: unknown) => log.fault(error, 'export')
  const app = createApp({
    version,
    log,
    language,
    checkWritable: () => db.checkWritable(),
    damage: () => db.damage.sentence,
    modules: [
      conversationRoutes({
        db,
        defaultAgent: DEFAULT_AGENT,
        live,
        checkChoice: async ({ agent, ...choice }) => {
          checkAgent(agent ?? DEFAULT_AGENT)
          await checkModel(providers, choice)
        },
        stopRunOf: runs.stopRunOf,
        endRunOf: runs.endRunOf,
        temporary,
        onMessages: search.onMessages,
      }),
      exportRoutes({
        db,
        live,
        log: runs.parts.log,
        image: files.dataUrl,
        render: (block) => backgroundWorker.renderBlock(block),
        onError: onExportError,
      }),
      fileRoutes(files),
      searchRoutes(search),
      importRoutes(imports),
      ...context.modules,
      runRoutes(runs.parts),
      ledgerRoutes({ db, isCounting, onError: onExportError }),
      cacheRoutes({ db }),
      whatIfRoutes({ db, book, targetOf, now, providers, isFavorite: choice.isFavorite }),
      reconcileRoutes({ db, openAiAdminUrl: config.openAiAdminUrl }),
      budgetRoutes({ db, given, now }),
      ruleRoutes({ db, findTool: choices.findTool, now }),
      promptRoutes({ db, now }),
      priceRoutes({ book, repricing }),
      checkRoutes(checks),
      ...choice.modules,
    ],
    page: pageRoutes(BUILT_PAGE),
  })
  return {
    app,
    answersFrom: choice.answersFrom,
    end: async () => {
      ending.abort()
      await Promise.all([runs.end(), checks.endAll()])
    },
    close: async () => {
      await jobs.stop()
      await backgroundWorker.close()
      shop.close()
      await db.close()
    },
  }
}
