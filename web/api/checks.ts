// The check of an endpoint: what it would ask, how far it is, and what it found.
import { queryOptions } from '@tanstack/react-query'
import { EndpointCheck, type StartCheck } from '#shared/checks.ts'
import { request, send } from './request.ts'

const WATCH_MS = 400

/** `model` null: the default one. Asked for again while a check is under way, or soon will be. */
export const checkQuery = (provider: string, model: string | null, isStarting = false) =>
  queryOptions({
    queryKey: ['check', provider, model],
    queryFn: ({ signal }) => {
      const query = model === null ? '' : `?${new URLSearchParams({ model })}`
      return request(`${pathOf(provider)}${query}`, EndpointCheck, { signal })
    },
    refetchInterval: ({ state }) => (isStarting || state.data?.running ? WATCH_MS : false),
  })

/** Resolves when the check is over. */
export function makeCheck(provider: string, body: StartCheck): Promise<EndpointCheck> {
  return request(pathOf(provider), EndpointCheck, { method: 'POST', body })
}

export async function stopCheck(provider: string): Promise<void> {
  await send(pathOf(provider), { method: 'DELETE' })
}

function pathOf(provider: string): string {
  return `/api/providers/${encodeURIComponent(provider)}/check`
}
