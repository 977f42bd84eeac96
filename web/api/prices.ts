// The price book: what the page reads of it, and what it can do to it.
import { queryOptions } from '@tanstack/react-query'
import { paths } from '#shared/api.ts'
import {
  PriceBatch,
  PriceBatches,
  PriceBook,
  type PriceImport,
  type RepriceFilter,
  RepricePreview,
  type SetPrice,
} from '#shared/prices.ts'
import { request, send } from './request.ts'

const WATCH_MS = 500

export const pricesQuery = () =>
  queryOptions({
    queryKey: ['prices'],
    queryFn: ({ signal }) => request(paths.prices, PriceBook, { signal }),
  })

/** Asked for again while one of them is under way. */
export const priceBatchesQuery = () =>
  queryOptions({
    queryKey: ['price-batches'],
    queryFn: ({ signal }) => request(paths.reprice, PriceBatches, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ status }) => status === 'running' || status === 'undoing')
        ? WATCH_MS
        : false,
  })

export async function savePrice(id: string | null, price: SetPrice): Promise<void> {
  if (id === null) await send(paths.priceOverrides, { method: 'POST', body: price })
  else await send(paths.priceOverride(id), { method: 'PUT', body: price })
}

export async function removePrice(id: string): Promise<void> {
  await send(paths.priceOverride(id), { method: 'DELETE' })
}

export function importPrices(body: PriceImport): Promise<PriceBook> {
  return request(paths.pricesImport, PriceBook, { method: 'POST', body })
}

export function previewReprice(filter: RepriceFilter): Promise<RepricePreview> {
  return request(paths.reprice, RepricePreview, {
    method: 'POST',
    body: { ...filter, preview: true },
  })
}

export function startReprice(filter: RepriceFilter): Promise<PriceBatch> {
  return request(paths.reprice, PriceBatch, {
    method: 'POST',
    body: { ...filter, preview: false },
  })
}

export function undoReprice(id: string): Promise<PriceBatch> {
  return request(paths.undoReprice(id), PriceBatch, { method: 'POST' })
}
