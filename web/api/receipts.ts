// Receipts, with their key beside their fetcher.
import { queryOptions } from '@tanstack/react-query'
import { paths, Receipt } from '#shared/api.ts'
import { request } from './request.ts'

export const receiptQuery = (runId: string) =>
  queryOptions({
    queryKey: ['receipt', runId],
    queryFn: ({ signal }) => request(paths.calls(runId), Receipt, { signal }),
  })
