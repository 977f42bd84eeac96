// The price book over HTTP: what the lists say, what a person set over them, and pricing the ledger
// again.
import { Hono } from 'hono'
import {
  PriceBatch,
  PriceBatches,
  PriceBook as PriceBookAnswer,
  PriceExport,
  PriceImport,
  PriceOverride,
  RepricePreview,
  RepriceRequest,
  SetPrice,
} from '#shared/prices.ts'
import { CHANGE, json, operation } from '../../http/operation.ts'
import { body } from '../../http/request.ts'
import { baseOfPrices, disagreements, SECOND } from './compare-prices.ts'
import type { PriceBook } from './price-book.ts'
import type { Repricing } from '../reprice/reprice.ts'

export interface PriceParts {
  book: PriceBook
  repricing: Repricing
}

export function priceRoutes({ book, repricing }: PriceParts): Hono {
  const app = new Hono()
  const whole = (): PriceBookAnswer => ({
    base: baseOfPrices(new Date()),
    second: SECOND,
    disagreements: disagreements(),
    overrides: [...book.overrides()],
  })

  app.get(
    '/api/prices',
    operation({
      operationId: 'getPrices',
      summary: 'The price book: its data, where a second source disagrees, and the prices set here',
      responses: { 200: json(PriceBookAnswer) },
    }),
    (c) => c.json(whole()),
  )

  app.post(
    '/api/prices/overrides',
    operation({
      operationId: 'addPrice',
      summary: 'Set a price; the newest one that fits a request counts',
      responses: { 201: json(PriceOverride, 'Set') },
      problems: CHANGE,
    }),
    body(SetPrice),
    async (c) => c.json(await book.add(c.req.valid('json')), 201),
  )

  app.put(
    '/api/prices/overrides/:id',
    operation({
      operationId: 'replacePrice',
      summary: 'Replace a price that was set; rows of the ledger keep what they were priced with',
      responses: { 200: json(PriceOverride) },
      problems: [...CHANGE, 'price_not_found'],
    }),
    body(SetPrice),
    async (c) => c.json(await book.change(c.req.param('id'), c.req.valid('json'))),
  )

  app.delete(
    '/api/prices/overrides/:id',
    operation({
      operationId: 'removePrice',
      summary: 'Remove a price that was set',
      responses: { 204: { description: 'Gone' } },
      problems: [...CHANGE, 'price_not_found'],
    }),
    async (c) => {
      await book.remove(c.req.param('id'))
      return c.body(null, 204)
    },
  )

  app.get(
    '/api/prices/export',
    operation({
      operationId: 'exportPrices',
      summary: 'The prices that were set, as a file',
      responses: { 200: json(PriceExport) },
    }),
    (c) => {
      const exported: PriceExport = {
        format: 'tally-prices',
        version: 1,
        overrides: book.overrides().map(asSet),
      }
      c.header('Content-Disposition', 'attachment; filename="tally-prices.json"')
      return c.json(exported)
    },
  )

  app.post(
    '/api/prices/import',
    operation({
      operationId: 'importPrices',
      summary: 'Set all prices of such a file, beside those there are or instead of them',
      responses: { 200: json(PriceBookAnswer) },
      problems: CHANGE,
    }),
    body(PriceImport),
    async (c) => {
      const { overrides, replace } = c.req.valid('json')
      await book.import(overrides, replace)
      return c.json(whole())
    },
  )

  app.get(
    '/api/prices/reprice',
    operation({
      operationId: 'listRepricings',
      summary: 'What was priced again, newest first',
      responses: { 200: json(PriceBatches) },
    }),
    async (c) =>
      c.json({ items: await repricing.batches(), nextCursor: null } satisfies PriceBatches),
  )

  app.post(
    '/api/prices/reprice',
    operation({
      operationId: 'startRepricing',
      summary: 'Price the ledger again',
      description:
        'With `preview` (the default) it only says what would change. Else the answer is the batch, and the rows are corrected behind it.',
      responses: { 200: json(RepricePreview), 202: json(PriceBatch, 'It has begun') },
      problems: [...CHANGE, 'reprice_active'],
    }),
    body(RepriceRequest),
    async (c) => {
      const { preview, ...filter } = c.req.valid('json')
      if (preview) return c.json(await repricing.preview(filter))
      return c.json(await repricing.start(filter), 202)
    },
  )

  app.get(
    '/api/prices/reprice/:id',
    operation({
      operationId: 'getRepricing',
      summary: 'How far pricing again is',
      responses: { 200: json(PriceBatch) },
      problems: ['price_batch_not_found'],
    }),
    async (c) => c.json(await repricing.batch(c.req.param('id'))),
  )

  app.post(
    '/api/prices/reprice/:id/undo',
    operation({
      operationId: 'undoRepricing',
      summary: 'Take it back; rows that were changed again since are left alone',
      responses: { 202: json(PriceBatch, 'It has begun') },
      problems: [...CHANGE, 'price_batch_not_found', 'reprice_active'],
    }),
    async (c) => c.json(await repricing.undo(c.req.param('id')), 202),
  )

  return app
}

function asSet({ id: _id, version: _version, createdAt: _at, ...price }: PriceOverride): SetPrice {
  return price
}
