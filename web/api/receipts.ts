// What the page reads about money, each with its key beside its fetcher.
import { queryOptions } from '@tanstack/react-query'
import { paths, Receipt, type UsageBy, UsageSummary } from '#shared/api.ts'
import { request } from './request.ts'

export const receiptQuery = (runId: string) =>
  queryOptions({
    queryKey: ['receipt', runId],
    queryFn: ({ signal }) => request(paths.calls(runId), Receipt, { signal }),
  })

/** `from` and `to` are ISO 8601 times; null leaves that end open. */
export const usageQuery = (by: UsageBy, from: string | null = null, to: string | null = null) =>
  queryOptions({
    queryKey: ['usage', by, from, to],
    queryFn: ({ signal }) => request(usagePath(by, from, to), UsageSummary, { signal }),
  })

/** Also what each day cost. */
export const usageSeriesQuery = (by: Exclude<UsageBy, 'day'>, from: string | null) =>
  queryOptions({
    queryKey: ['usage', by, from, null, 'series'],
    queryFn: ({ signal }) =>
      request(`${usagePath(by, from, null)}&series=day`, UsageSummary, { signal }),
  })

function usagePath(by: UsageBy, from: string | null, to: string | null): string {
  const query = new URLSearchParams({ by })
  if (from !== null) query.set('from', from)
  if (to !== null) query.set('to', to)
  return `${paths.usageSummary}?${query}`
}
