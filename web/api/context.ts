// What a conversation carries, what it has cost, and what its next request would; each with its key beside
// its fetcher.
import { queryOptions } from '@tanstack/react-query'
import { ConversationBilled } from '#shared/billed.ts'
import { ConversationContext } from '#shared/context.ts'
import {
  type EstimateFirstRequest,
  type EstimateRequest,
  RequestEstimate,
} from '#shared/estimate.ts'
import { ToolUse, ToolUseList, type UpdateContext } from '#shared/tool-uses.ts'
import { request } from './request.ts'

/**
 * With at most so many parts. `version` changes with what may have changed it; invalidate
 * `['context', id]` after anything else.
 */
export const contextQuery = (id: string, parts: number, version = '') =>
  queryOptions({
    queryKey: ['context', id, parts, version],
    queryFn: ({ signal }) =>
      request(`/api/conversations/${id}/context?parts=${parts}`, ConversationContext, { signal }),
  })

/** With its parts by turn, of which at most so many. */
export const contextGroupsQuery = (id: string, groups: number) =>
  queryOptions({
    queryKey: ['context', id, 'groups', groups],
    queryFn: ({ signal }) =>
      request(`/api/conversations/${id}/context?parts=1&groups=${groups}`, ConversationContext, {
        signal,
      }),
  })

export const billedQuery = (id: string) =>
  queryOptions({
    queryKey: ['billed', id],
    queryFn: ({ signal }) =>
      request(`/api/conversations/${id}/billed`, ConversationBilled, { signal }),
  })

/** The tools that were used for one answer. */
export const toolUsesQuery = (conversationId: string, messageId: string) =>
  queryOptions({
    queryKey: ['tool-uses', messageId],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ messageId })
      return request(`/api/conversations/${conversationId}/tool-uses?${query}`, ToolUseList, {
        signal,
      })
    },
  })

/** Takes a result out of what the model gets, or puts it back. */
export function updateContext(conversationId: string, body: UpdateContext): Promise<ToolUse> {
  return request(`/api/conversations/${conversationId}/context`, ToolUse, { method: 'PATCH', body })
}

type EstimateKey =
  | ({ conversationId: string } & Partial<EstimateRequest>)
  | ({ conversationId: null } & Partial<EstimateFirstRequest>)

/**
 * What the next request would carry and cost. `version`: what it depends on besides. What was typed is not
 * kept for long.
 */
export const estimateQuery = (asked: EstimateKey, version: string) =>
  queryOptions({
    queryKey: ['estimate', asked, version],
    queryFn: ({ signal }) => {
      const { conversationId, ...body } = asked
      const path =
        conversationId === null ? '/api/estimate' : `/api/conversations/${conversationId}/estimate`
      return request(path, RequestEstimate, { method: 'POST', body, signal })
    },
    gcTime: 10_000,
    staleTime: Infinity,
    retry: false,
  })
