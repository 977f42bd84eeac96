// The HTTP side of budgets: what the limits are, what is spent of today and this month, and setting
// the limits that the environment does not set.
import { Hono } from 'hono'
import {
  type Budget,
  type BudgetLimit,
  BudgetList,
  GeneralScope,
  type GivenLimits,
  UpdateBudgets,
} from '#shared/budgets.ts'
import type { Database } from '../db/open.ts'
import { usageTotals } from '../ledger/sums/usage-store.ts'
import { CHANGE, json, operation } from '../http/operation.ts'
import { body } from '../http/request.ts'
import { Problem } from '../http/problem.ts'
import { type Limits, readLimits, writeLimits } from './budget-store.ts'
import { dayOf, monthOf } from './budgets-in-force.ts'
import { t } from '#shared/translate.ts'

interface BudgetDeps {
  db: Database
  /** What the environment set. */
  given: GivenLimits
  now: () => Date
}

export function budgetRoutes(deps: BudgetDeps): Hono {
  const app = new Hono()

  app.get(
    '/api/budgets',
    operation({
      operationId: 'listBudgets',
      summary: 'What may be spent per run, conversation, UTC day and UTC month, and what is spent',
      responses: { 200: json(BudgetList) },
    }),
    async (c) => c.json(await readBudgets(deps)),
  )

  app.put(
    '/api/budgets',
    operation({
      operationId: 'updateBudgets',
      summary: 'Set the limits of the scopes that are named',
      responses: { 200: json(BudgetList) },
      problems: CHANGE,
    }),
    body(UpdateBudgets),
    async (c) => {
      const changes = c.req.valid('json')
      refuseGiven(changes, deps.given)
      await writeLimits(deps.db, limitsIn(changes))
      return c.json(await readBudgets(deps))
    },
  )
  return app
}

function refuseGiven(changes: UpdateBudgets, given: GivenLimits): void {
  for (const scope of GeneralScope.options) {
    if (changes[scope] === undefined || given[scope] === undefined) continue
    const name = `TALLY_BUDGET_${scope.toUpperCase()}`
    throw new Problem(
      'bad_request',
      t`${name} in the environment sets this budget: change it there.`,
    )
  }
}

function limitsIn(changes: UpdateBudgets): Partial<Limits> {
  const { run, conversation, day, month } = changes
  return {
    ...(run && { run }),
    ...(conversation && { conversation }),
    ...(day && { day }),
    ...(month && { month }),
  }
}

async function readBudgets({ db, given, now }: BudgetDeps): Promise<BudgetList> {
  const limits: Limits = { ...(await readLimits(db)), ...given }
  const at = now()
  const items = await Promise.all(
    GeneralScope.options.map(async (scope): Promise<Budget> => {
      const source = given[scope] === undefined ? 'settings' : 'environment'
      return { scope, ...limits[scope], source, ...(await usedNow(db, scope, at)) }
    }),
  )
  return { items, nextCursor: null }
}

type UsedNow = Omit<Budget, 'scope' | 'source' | keyof BudgetLimit>

const NOTHING_OF_ITS_OWN: UsedNow = {
  spentNanoUsd: null,
  spentCertainty: null,
  spentUnpricedCalls: null,
  spentTokens: null,
  resetsAt: null,
}

async function usedNow(db: Database, scope: GeneralScope, at: Date): Promise<UsedNow> {
  switch (scope) {
    case 'run':
    case 'conversation':
      return NOTHING_OF_ITS_OWN
    case 'day':
    case 'month': {
      const resetsAt = nextBeginning(scope, at).toISOString()
      const from = `${scope === 'day' ? dayOf(at) : `${monthOf(at)}-01`}T00:00:00.000Z`
      const spent = await usageTotals(db, { from, to: resetsAt })
      return {
        spentNanoUsd: spent.costNanoUsd ?? 0,
        spentCertainty: spent.certainty,
        spentUnpricedCalls: spent.unpricedCalls,
        spentTokens: spent.inputTokens + spent.outputTokens,
        resetsAt,
      }
    }
  }
}

function nextBeginning(scope: 'day' | 'month', at: Date): Date {
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()]
  return new Date(scope === 'day' ? Date.UTC(year, month, day + 1) : Date.UTC(year, month + 1, 1))
}
