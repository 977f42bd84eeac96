// Taking everything away.
import { queryOptions } from '@tanstack/react-query'
import { ExportEstimate } from '#shared/export-format.ts'
import { request } from './request.ts'

export const exportEstimateQuery = () =>
  queryOptions({
    queryKey: ['export', 'estimate'],
    queryFn: ({ signal }) => request('/api/export/estimate', ExportEstimate, { signal }),
    staleTime: 0,
  })
