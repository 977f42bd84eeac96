// The list of agents. A new agent is a folder under agents/ and a line here.
import type { AgentInfo } from '#shared/api.ts'
import { checkAgents } from '../runtime/check-agents.ts'
import type { AgentDefinition } from '../runtime/define-agent.ts'
import { assistant } from './assistant/agent.ts'
import { billing } from './billing/agent.ts'
import { refunds } from './refunds/agent.ts'
import { support } from './support/agent.ts'
import { triage } from './triage/agent.ts'
import { weather } from './weather/agent.ts'
import { writer } from './writer/agent.ts'
import { researcher } from './writer/subagents/researcher/agent.ts'

export type Agents = readonly AgentDefinition[]

export const AGENTS: Agents = [
  assistant,
  triage,
  billing,
  refunds,
  support,
  writer,
  researcher,
  weather,
]
checkAgents(AGENTS)

/** The agent of a conversation that does not name one. */
export const DEFAULT_AGENT = assistant.name

export function findAgent(name: string, agents: Agents = AGENTS): AgentDefinition | undefined {
  return agents.find((agent) => agent.name === name)
}

export function listAgents(agents: Agents = AGENTS): AgentInfo[] {
  return agents.map(({ name, description, tools, handoffs, limits, authority = null, entry }) => ({
    name,
    description,
    tools: tools.map(({ name: tool, description: text, approval, agent }) => ({
      name: tool,
      description: text,
      approval,
      ...(agent !== undefined && { agent }),
    })),
    handoffs,
    limits: {
      turns: limits.turns ?? null,
      toolCalls: limits.toolCalls ?? null,
      wallTimeMs: limits.wallTimeMs ?? null,
      costNanoUsd: limits.costNanoUsd ?? null,
    },
    authority,
    entry,
    averageNanoUsd: null,
  }))
}
