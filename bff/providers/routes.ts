import { Hono } from 'hono'
import { type AgentInfo, paths } from '#shared/api.ts'
import type { Providers } from './providers.ts'

export interface ProviderRouteDeps {
  providers: Pick<Providers, 'listModels' | 'listProviders' | 'testProvider'>
  agents: AgentInfo[]
}

export function providerRoutes({ providers, agents }: ProviderRouteDeps): Hono {
  const routes = new Hono()
  routes.get(paths.models, async (c) => c.json(await providers.listModels()))
  routes.get(paths.providers, async (c) => {
    return c.json({ items: await providers.listProviders(), nextCursor: null })
  })
  routes.get(paths.providerModels(':name'), async (c) => {
    return c.json(await providers.testProvider(c.req.param('name')))
  })
  routes.get(paths.agents, (c) => c.json({ items: agents, nextCursor: null }))
  return routes
}
