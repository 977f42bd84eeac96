// Providers and what a new chat starts with: what the page reads of them, and what it can change.
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import {
  AgentList,
  type ModelList,
  ProviderInfo,
  ProviderList,
  ProviderModels,
} from '#shared/api.ts'
import {
  type AddProviderInput,
  AppSettings,
  type SetContextWindow,
  type UpdateProvider,
  type UpdateSettings,
} from '#shared/provider-settings.ts'
import { modelsQuery } from './queries.ts'
import { request, send } from './request.ts'

export const providersQuery = () =>
  queryOptions({
    queryKey: ['providers'],
    queryFn: ({ signal }) => request('/api/providers', ProviderList, { signal }),
  })

export const appSettingsQuery = () =>
  queryOptions({
    queryKey: ['app-settings'],
    queryFn: ({ signal }) => request('/api/settings', AppSettings, { signal }),
  })

/** The agents that a new chat can start with. */
export const agentsQuery = () =>
  queryOptions({
    queryKey: ['agents'],
    queryFn: ({ signal }) => request('/api/agents', AgentList, { signal }),
    staleTime: Infinity,
  })

export function addProvider(body: AddProviderInput): Promise<ProviderInfo> {
  return request('/api/providers', ProviderInfo, { method: 'POST', body })
}

export function updateProvider(name: string, body: UpdateProvider): Promise<ProviderInfo> {
  return request(`/api/providers/${inPath(name)}`, ProviderInfo, { method: 'PATCH', body })
}

export async function removeProvider(name: string): Promise<void> {
  await send(`/api/providers/${inPath(name)}`, { method: 'DELETE' })
}

export function dropKey(name: string): Promise<ProviderInfo> {
  return request(`/api/providers/${inPath(name)}/key`, ProviderInfo, { method: 'DELETE' })
}

/** For a discovered server, this creates a configured provider. `baseUrl` is the address on the screen. */
export function setKey(name: string, key: string, baseUrl: string | null): Promise<ProviderInfo> {
  return request(`/api/providers/${inPath(name)}/key`, ProviderInfo, {
    method: 'PUT',
    body: { key, ...(baseUrl !== null && { baseUrl }) },
  })
}

/** Null restores the server's value. */
export function setContextWindow(
  name: string,
  model: string,
  contextWindow: number | null,
): Promise<ProviderInfo> {
  const body: SetContextWindow = { model, contextWindow }
  return request(`/api/providers/${inPath(name)}/context-window`, ProviderInfo, {
    method: 'PUT',
    body,
  })
}

/** Asks the provider now, and lets everyone know what it said. */
export async function testProvider(client: QueryClient, name: string): Promise<ProviderModels> {
  const asked = await request(`/api/providers/${inPath(name)}/models`, ProviderModels)
  client.setQueryData<ModelList>(modelsQuery().queryKey, (list) => {
    if (list === undefined) return list
    const items = list.items.map((one) => (one.name === name ? asked : one))
    return { ...list, items }
  })
  return asked
}

export function changeSettings(body: UpdateSettings): Promise<AppSettings> {
  return request('/api/settings', AppSettings, { method: 'PUT', body })
}

/** After any change: providers stand in the picker, in prices, and in what a new chat starts with. */
export async function reloadProviders(client: QueryClient): Promise<void> {
  await Promise.all(
    [providersQuery(), modelsQuery(), appSettingsQuery()].map(({ queryKey }) =>
      client.invalidateQueries({ queryKey }),
    ),
  )
}

const inPath = (name: string): string => encodeURIComponent(name)
