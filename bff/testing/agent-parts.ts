// For tests: Tally's real agent parts, some of which a test replaces.
import { findAgent } from '../agents/registry.ts'
import { type AgentParts, createAgentParts } from '../runtime/agent-parts.ts'
import type { DemoPace } from '../upstream/demo/demo-wire.ts'

export const testParts = (pace?: DemoPace): AgentParts => createAgentParts(findAgent, {}, pace)

export const realParts = testParts()
