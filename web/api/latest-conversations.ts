import { queryOptions } from '@tanstack/react-query'
import { ConversationPage } from '#shared/conversation.ts'
import { listPath } from './queries.ts'
import { request } from './request.ts'

/** The newest few, asked for again and again, so that the page notices what other tabs and clients do. */
export const latestConversationsQuery = () =>
  queryOptions({
    queryKey: ['latest-conversations'],
    queryFn: ({ signal }) => request(listPath('', 10), ConversationPage, { signal }),
  })
