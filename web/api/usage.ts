// What the page reads about usage, each with its key beside its fetcher, and the comparison with a bill.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type UsageBy, type UsageGroupedBy, UsageSummary } from '#shared/api.ts'
import { type Reconcile, type ReconcileOpenAi, Reconciliation } from '#shared/reconcile.ts'
import { type ToolUseOrder, UsageCalls, type UsageFilter, UsageToolUses } from '#shared/usage.ts'
import { request } from './request.ts'

/** `from` and `to` are ISO 8601 times; null leaves that end open. */
export interface UsageScope {
  from: string | null
  to: string | null
  filter: UsageFilter
}

/** While another scope is read, what was there stays. */
export const usageQuery = (by: UsageBy, scope: UsageScope) =>
  queryOptions({
    queryKey: ['usage', by, scope],
    queryFn: ({ signal }) => request(summaryPath(by, scope), UsageSummary, { signal }),
    placeholderData: keepPreviousData,
  })

/** Also what each day cost. */
export const usageSeriesQuery = (by: Exclude<UsageBy, 'day'>, scope: UsageScope) =>
  queryOptions({
    queryKey: ['usage', by, scope, 'series'],
    queryFn: ({ signal }) =>
      request(`${summaryPath(by, scope)}&series=day`, UsageSummary, { signal }),
    placeholderData: keepPreviousData,
  })

/** The cost of the results of tools. */
export const toolUsageQuery = (scope: UsageScope) =>
  queryOptions({
    queryKey: ['usage', 'tool', scope],
    queryFn: ({ signal }) => request(summaryPath('tool', scope), UsageSummary, { signal }),
    placeholderData: keepPreviousData,
  })

/** Newest first, page by page. */
export const usageCallsQuery = (scope: UsageScope) =>
  infiniteQueryOptions({
    queryKey: ['usage', 'calls', scope],
    queryFn: ({ signal, pageParam }) => {
      const cursor = pageParam === '' ? {} : { cursor: pageParam }
      return request(withScope('/api/usage/calls', scope, cursor), UsageCalls, { signal })
    },
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  })

/** The uses of one tool, page by page. */
export const toolUseListQuery = (tool: string, order: ToolUseOrder, scope: UsageScope) =>
  infiniteQueryOptions({
    queryKey: ['usage', 'tool-uses', tool, order, scope],
    queryFn: ({ signal, pageParam }) => {
      const cursor = pageParam === '' ? {} : { cursor: pageParam }
      const path = withScope('/api/usage/tool-uses', scope, { tool, order, ...cursor })
      return request(path, UsageToolUses, { signal })
    },
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  })

/** The address of a file with what is shown. */
export function withScope(
  path: string,
  { from, to, filter }: UsageScope,
  more: Record<string, string> = {},
): string {
  const query = new URLSearchParams(more)
  if (from !== null) query.set('from', from)
  if (to !== null) query.set('to', to)
  for (const [by, key] of Object.entries(filter)) if (key !== undefined) query.set(by, key)
  return query.size === 0 ? path : `${path}?${query}`
}

function summaryPath(by: UsageGroupedBy, scope: UsageScope): string {
  return withScope('/api/usage/summary', scope, { by })
}

/** Compares the rows of a bill with the ledger. */
export function reconcileRows(body: Reconcile): Promise<Reconciliation> {
  return request('/api/reconcile', Reconciliation, { method: 'POST', body })
}

/** Compares what an admin key can read with the ledger. */
export function reconcileOpenAi(body: ReconcileOpenAi): Promise<Reconciliation> {
  return request('/api/reconcile/openai', Reconciliation, { method: 'POST', body })
}
