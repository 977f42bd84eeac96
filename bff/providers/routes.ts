import { Hono } from 'hono'
import { type AgentInfo, AgentList, ModelList, ProviderList, ProviderModels } from '#shared/api.ts'
import { json, operation } from '../http/operation.ts'
import type { Providers } from './providers.ts'

export interface ProviderRouteDeps {
  providers: Pick<Providers, 'listModels' | 'listProviders' | 'testProvider'>
  agents: AgentInfo[]
}

export function providerRoutes({ providers, agents }: ProviderRouteDeps): Hono {
  const routes = new Hono()

  routes.get(
    '/api/models',
    operation({
      operationId: 'listModels',
      summary: 'Providers and their models, with context window and price',
      responses: { 200: json(ModelList) },
    }),
    async (c) => c.json(await providers.listModels()),
  )

  routes.get(
    '/api/providers',
    operation({
      operationId: 'listProviders',
      summary: 'Where requests go, what each endpoint can do, and where its key comes from',
      responses: { 200: json(ProviderList) },
    }),
    async (c) => c.json({ items: await providers.listProviders(), nextCursor: null }),
  )

  routes.get(
    '/api/providers/:name/models',
    operation({
      operationId: 'refreshProviderModels',
      summary: 'Ask a provider for its models now; `problem` says why it did not tell',
      responses: { 200: json(ProviderModels) },
      problems: ['not_found'],
    }),
    async (c) => c.json(await providers.testProvider(c.req.param('name'))),
  )

  routes.get(
    '/api/agents',
    operation({
      operationId: 'listAgents',
      summary: 'Agents and their tools',
      responses: { 200: json(AgentList) },
    }),
    (c) => c.json({ items: agents, nextCursor: null }),
  )
  return routes
}
