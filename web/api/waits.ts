import { queryOptions } from '@tanstack/react-query'
import { type OpenWait, WaitList } from '#shared/decide.ts'
import { request } from './request.ts'

export type { OpenWait }

/** What waits for a decision of the user, over all conversations, oldest first. */
export const waitsQuery = () =>
  queryOptions({
    queryKey: ['waits'],
    queryFn: ({ signal }) => request('/api/waits', WaitList, { signal }),
  })
