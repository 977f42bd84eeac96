// The price book over HTTP: what the lists say, what a person set over them, and pricing the ledger
// again.
import { Hono } from 'hono'
import { paths } from '#shared/api.ts'
import {
  type PriceBatches,
  type PriceBook as PriceBookAnswer,
  type PriceExport,
  PriceImport,
  type PriceOverride,
  RepriceRequest,
  SetPrice,
} from '#shared/prices.ts'
import { parseBody } from '../../http/request.ts'
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

  app.get(paths.prices, (c) => c.json(whole()))

  app.post(paths.priceOverrides, async (c) =>
    c.json(await book.add(await parseBody(c, SetPrice)), 201),
  )

  app.put(paths.priceOverride(':id'), async (c) =>
    c.json(await book.change(c.req.param('id') ?? '', await parseBody(c, SetPrice))),
  )

  app.delete(paths.priceOverride(':id'), async (c) => {
    await book.remove(c.req.param('id') ?? '')
    return c.body(null, 204)
  })

  app.get(paths.pricesExport, (c) => {
    const exported: PriceExport = {
      format: 'tally-prices',
      version: 1,
      overrides: book.overrides().map(asSet),
    }
    c.header('Content-Disposition', 'attachment; filename="tally-prices.json"')
    return c.json(exported)
  })

  app.post(paths.pricesImport, async (c) => {
    const { overrides, replace } = await parseBody(c, PriceImport)
    await book.import(overrides, replace)
    return c.json(whole())
  })

  app.get(paths.reprice, async (c) =>
    c.json({ items: await repricing.batches(), nextCursor: null } satisfies PriceBatches),
  )

  app.post(paths.reprice, async (c) => {
    const { preview, ...filter } = await parseBody(c, RepriceRequest)
    if (preview) return c.json(await repricing.preview(filter))
    return c.json(await repricing.start(filter), 202)
  })

  app.get(paths.priceBatch(':id'), async (c) =>
    c.json(await repricing.batch(c.req.param('id') ?? '')),
  )

  app.post(paths.undoReprice(':id'), async (c) =>
    c.json(await repricing.undo(c.req.param('id') ?? ''), 202),
  )

  return app
}

function asSet({ id: _id, version: _version, createdAt: _at, ...price }: PriceOverride): SetPrice {
  return price
}
