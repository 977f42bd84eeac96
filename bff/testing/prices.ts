// For tests: the price book over HTTP, with rows to price and their providers.
import { expect } from 'vitest'
import type { ModelCall } from '#shared/ledger.ts'
import { PriceBatch, PriceOverride, RepricePreview, type SetPriceInput } from '#shared/prices.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../http/problem.ts'
import { openPriceBook } from '../ledger/pricing/price-book.ts'
import type { PriceTarget } from '../ledger/pricing/price.ts'
import { priceRoutes } from '../ledger/pricing/routes.ts'
import { openRepricing } from '../ledger/reprice/reprice.ts'
import { startJobs } from './jobs.ts'
import { databaseWith } from './ledger-calls.ts'
import { callsOfRun } from '../ledger/calls/call-store.ts'

export const USAGE = { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 }

const OPENAI: PriceTarget = { kind: 'configured', baseUrl: 'https://api.openai.com/v1' }
const PROXY: PriceTarget = { kind: 'configured', baseUrl: 'http://proxy.internal/v1' }
const TARGETS: Record<string, PriceTarget> = { openai: OPENAI, proxy: PROXY }

/** 1,000 input and 100 output tokens at 2.50 and 10 dollars: gpt-4o’s list price. */
export const LISTED: Partial<ModelCall> = {
  inputTokens: 1000,
  outputTokens: 100,
  rawUsage: USAGE,
  costNanoUsd: 3_500_000,
  priceId: 'list',
}
export const UNPRICED: Partial<ModelCall> = {
  ...LISTED,
  provider: 'proxy',
  modelRequested: 'home-made-7b',
  modelReturned: 'home-made-7b',
  costNanoUsd: null,
  computedNanoUsd: null,
  certainty: 'unknown',
  priceId: null,
}
export const ONE_AND_TWO = { inputPerMTok: 1_000_000_000, outputPerMTok: 2_000_000_000 }
export const MINE: SetPriceInput = { modelPattern: 'gpt-4o*', rates: ONE_AND_TWO }
export const MY_COST = 1000 * 1000 + 100 * 2000

export interface Served {
  db: Database
  get: (path: string) => Promise<unknown>
  send: (method: string, path: string, body?: unknown) => Promise<Response>
  /** Opens the same data again, as after a restart. */
  restart: () => Promise<Served>
}

export async function withCalls(...calls: Partial<ModelCall>[]): Promise<Served> {
  return serve(await databaseWith(calls))
}

async function serve(db: Database): Promise<Served> {
  const book = await openPriceBook(db)
  const targetOf = (name: string) => TARGETS[name] ?? null
  const repricing = await openRepricing({ db, book, targetOf, jobs: startJobs() })
  const app = priceRoutes({ book, repricing })
  app.onError((error) => (error instanceof Problem ? error.toResponse() : Response.error()))
  return {
    db,
    get: async (path) => (await app.request(path)).json(),
    send: async (method, path, body = {}) =>
      app.request(path, { method, body: JSON.stringify(body) }),
    restart: () => serve(db),
  }
}

export async function setPrice({ send }: Served, price: SetPriceInput): Promise<PriceOverride> {
  const response = await send('POST', '/api/prices/overrides', price)
  expect(response.status).toBe(201)
  return PriceOverride.parse(await response.json())
}

export async function previewOf({ send }: Served, filter: object = {}): Promise<RepricePreview> {
  const response = await send('POST', '/api/prices/reprice', { preview: true, ...filter })
  return RepricePreview.parse(await response.json())
}

export async function reprice(served: Served, filter: object = {}): Promise<PriceBatch> {
  const response = await served.send('POST', '/api/prices/reprice', { preview: false, ...filter })
  expect(response.status).toBe(202)
  return settled(served, PriceBatch.parse(await response.json()))
}

export async function undo(served: Served, { id }: PriceBatch): Promise<PriceBatch> {
  const response = await served.send('POST', `/api/prices/reprice/${id}/undo`)
  return settled(served, PriceBatch.parse(await response.json()))
}

export async function settled({ get }: Served, { id }: PriceBatch): Promise<PriceBatch> {
  const read = async () => PriceBatch.parse(await get(`/api/prices/reprice/${id}`))
  await expect
    .poll(async () => (await read()).status, { timeout: 40_000 })
    .not.toMatch(/running|undoing/)
  return read()
}

export async function costs(db: Database): Promise<(number | null)[]> {
  return (await callsOfRun(db, 'run-1')).map(({ costNanoUsd }) => costNanoUsd)
}
