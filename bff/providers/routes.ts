import { Hono } from 'hono'
import { type AgentInfo, AgentList, ModelList, ProviderList, ProviderModels } from '#shared/api.ts'
import { json, operation } from '../http/operation.ts'
import { translateStored } from '../http/stored-sentences.ts'
import type { Providers } from './providers.ts'

export interface ProviderRouteDeps {
  providers: Pick<Providers, 'listModels' | 'listProviders' | 'testProvider'>
  agents: AgentInfo[]
  /** By agent, in nano-dollars. */
  averageAnswerCosts?: () => Promise<Map<string, number>>
}

export function providerRoutes({
  providers,
  agents,
  averageAnswerCosts = () => Promise.resolve(new Map()),
}: ProviderRouteDeps): Hono {
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
      summary: 'Agents, their tools, and what an answer of each has cost on average',
      responses: { 200: json(AgentList) },
    }),
    async (c) => {
      const averages = await averageAnswerCosts()
      const items = agents.map((agent) => ({
        ...agent,
        description: translateStored(agent.description),
        authority: agent.authority === null ? null : translateStored(agent.authority),
        tools: agent.tools.map((tool) => {
          return { ...tool, description: translateStored(tool.description) }
        }),
        averageNanoUsd: averages.get(agent.name) ?? null,
      }))
      return c.json({ items, nextCursor: null })
    },
  )
  return routes
}
