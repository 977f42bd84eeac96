// For tests: Tally's real agent parts, some of which a test replaces.
import { findAgent } from '../agents/registry.ts'
import { ShopStore } from '../agents/shop/shop-store.ts'
import { type AgentParts, createAgentParts } from '../runtime/agent-parts.ts'
import type { DemoPace } from '../upstream/demo/demo-wire.ts'

export const testParts = (pace?: DemoPace): AgentParts =>
  createAgentParts(findAgent, { shop: new ShopStore(':memory:') }, { demoPace: pace })

/** The demo at once, with a shop of its own. */
export const realAgents = (): AgentParts =>
  testParts({ tokensPerSecond: Infinity, firstTokenMs: 0 })

export const realParts = testParts()
