import { queryOptions } from '@tanstack/react-query'
import { AgentList } from '#shared/api.ts'
import { paths } from '#shared/paths.ts'
import { request } from './request.ts'

export const agentsQuery = () =>
  queryOptions({
    queryKey: ['agents'],
    queryFn: ({ signal }) => request(paths.agents, AgentList, { signal }),
    staleTime: Infinity,
  })
