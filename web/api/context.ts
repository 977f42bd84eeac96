// What a conversation carries and what it has cost, each with its key beside its fetcher.
import { queryOptions } from '@tanstack/react-query'
import { ConversationBilled } from '#shared/billed.ts'
import { ConversationContext } from '#shared/context.ts'
import { paths } from '#shared/paths.ts'
import { request } from './request.ts'

/**
 * With at most so many parts. `version` changes with what may have changed it; invalidate
 * `['context', id]` after anything else.
 */
export const contextQuery = (id: string, parts: number, version = '') =>
  queryOptions({
    queryKey: ['context', id, parts, version],
    queryFn: ({ signal }) =>
      request(`${paths.context(id)}?parts=${parts}`, ConversationContext, { signal }),
  })

export const billedQuery = (id: string) =>
  queryOptions({
    queryKey: ['billed', id],
    queryFn: ({ signal }) => request(paths.billed(id), ConversationBilled, { signal }),
  })
