// The price book: what the page reads of it, and what it can do to it.
import { queryOptions } from '@tanstack/react-query'
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
    queryFn: ({ signal }) => request('/api/prices', PriceBook, { signal }),
  })

/** Asked for again while one of them is under way. */
export const priceBatchesQuery = () =>
  queryOptions({
    queryKey: ['price-batches'],
    queryFn: ({ signal }) => request('/api/prices/reprice', PriceBatches, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ status }) => status === 'running' || status === 'undoing')
        ? WATCH_MS
        : false,
  })

export async function savePrice(id: string | null, price: SetPrice): Promise<void> {
  if (id === null) await send('/api/prices/overrides', { method: 'POST', body: price })
  else await send(`/api/prices/overrides/${id}`, { method: 'PUT', body: price })
}

export async function removePrice(id: string): Promise<void> {
  await send(`/api/prices/overrides/${id}`, { method: 'DELETE' })
}

export function importPrices(body: PriceImport): Promise<PriceBook> {
  return request('/api/prices/import', PriceBook, { method: 'POST', body })
}

export function previewReprice(filter: RepriceFilter): Promise<RepricePreview> {
  return request('/api/prices/reprice', RepricePreview, {
    method: 'POST',
    body: { ...filter, preview: true },
  })
}

export function startReprice(filter: RepriceFilter): Promise<PriceBatch> {
  return request('/api/prices/reprice', PriceBatch, {
    method: 'POST',
    body: { ...filter, preview: false },
  })
}

export function undoReprice(id: string): Promise<PriceBatch> {
  return request(`/api/prices/reprice/${id}/undo`, PriceBatch, { method: 'POST' })
}
