// What a conversation would have cost on other models.
import { queryOptions } from '@tanstack/react-query'
import { paths } from '#shared/paths.ts'
import { WhatIf } from '#shared/what-if.ts'
import { request } from './request.ts'

export const whatIfQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ['what-if', conversationId],
    queryFn: ({ signal }) => request(paths.whatIf(conversationId), WhatIf, { signal }),
  })
