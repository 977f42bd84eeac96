// The HTTP side of reconciling: the ledger against rows that are sent, or against OpenAI's own books.
import { Hono } from 'hono'
import { type BilledRow, Reconcile, ReconcileOpenAi, Reconciliation } from '#shared/reconcile.ts'
import type { Database } from '../db/open.ts'
import { parsePeriod } from '../ledger/sums/period.ts'
import { CHANGE, json, operation } from '../http/operation.ts'
import { body } from '../http/request.ts'
import { Problem } from '../http/problem.ts'
import { compareBills } from './compare.ts'
import { ledgerOfDays } from './ledger-store.ts'
import { readOpenAiBill } from './openai-bill.ts'
import { t } from '#shared/translate.ts'

interface ReconcileDeps {
  db: Database
  openAiAdminUrl: string
}

type Period = Pick<Reconcile, 'from' | 'to' | 'provider'>

const TIMEOUT_MS = 120_000
const MAX_DAYS = 400
const DAY_MS = 86_400_000

export function reconcileRoutes({ db, openAiAdminUrl }: ReconcileDeps): Hono {
  const app = new Hono()

  app.post(
    '/api/reconcile',
    operation({
      operationId: 'reconcileRows',
      summary: 'The ledger next to what a provider billed, per UTC day and model',
      description:
        'The rows are what the provider says: the page adds them up from a file. Models are found by their names without maker, version and variant.',
      responses: { 200: json(Reconciliation) },
      problems: CHANGE,
    }),
    body(Reconcile),
    async (c) => {
      const { rows, ...asked } = c.req.valid('json')
      checkDays(asked)
      const within = rows.filter(({ day }) => isWithin(asked, day))
      return c.json(await reconcile(asked, within))
    },
  )

  app.post(
    '/api/reconcile/openai',
    operation({
      operationId: 'reconcileOpenAi',
      summary: 'The ledger next to the costs and usage of an OpenAI organisation',
      description: 'The admin key is used for this one answer and kept nowhere.',
      responses: { 200: json(Reconciliation) },
      problems: [...CHANGE, 'openai_refused', 'openai_unreachable'],
    }),
    body(ReconcileOpenAi),
    async (c) => {
      const { adminKey, ...asked } = c.req.valid('json')
      checkDays(asked)
      const signal = AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(TIMEOUT_MS)])
      const access = { baseUrl: openAiAdminUrl, adminKey, signal }
      return c.json(await reconcile(asked, await readOpenAiBill(access, asked.from, asked.to)))
    },
  )

  async function reconcile(asked: Period, rows: BilledRow[]): Promise<Reconciliation> {
    const { from, to, provider } = asked
    return { from, to, provider, ...compareBills(await ledgerOfDays(db, from, to, provider), rows) }
  }
  return app
}

function checkDays({ from, to }: Period): void {
  parsePeriod(from, to)
  if ((Date.parse(to) - Date.parse(from)) / DAY_MS >= MAX_DAYS) {
    throw new Problem('bad_request', t`from: choose at most ${MAX_DAYS} days`)
  }
}

function isWithin({ from, to }: Period, day: string): boolean {
  return day >= from && day <= to
}
