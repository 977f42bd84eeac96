// What the next request would carry and cost.
import { queryOptions } from '@tanstack/react-query'
import {
  type EstimateFirstRequest,
  type EstimateRequest,
  RequestEstimate,
} from '#shared/estimate.ts'
import { paths } from '#shared/paths.ts'
import { request } from './request.ts'

type Asked =
  | ({ conversationId: string } & Partial<EstimateRequest>)
  | ({ conversationId: null } & Partial<EstimateFirstRequest>)

/** `version`: what it depends on besides. What was typed is not kept for long. */
export const estimateQuery = (asked: Asked, version: string) =>
  queryOptions({
    queryKey: ['estimate', asked, version],
    queryFn: ({ signal }) => {
      const { conversationId, ...body } = asked
      const path = conversationId === null ? paths.estimate : paths.estimateNext(conversationId)
      return request(path, RequestEstimate, { method: 'POST', body, signal })
    },
    gcTime: 10_000,
    staleTime: Infinity,
    retry: false,
  })
