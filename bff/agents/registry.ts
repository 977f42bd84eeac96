// The list of agents. A new agent is a folder under agents/ and a line here.
import type { AgentInfo } from '#shared/api.ts'
import { assistant } from './assistant/agent.ts'
import type { AgentDefinition } from '../runtime/define-agent.ts'

export type Agents = readonly AgentDefinition[]

export const AGENTS: Agents = [assistant]

/** The agent of a conversation that does not name one. */
export const DEFAULT_AGENT = assistant.name

export function findAgent(name: string, agents: Agents = AGENTS): AgentDefinition | undefined {
  return agents.find((agent) => agent.name === name)
}

export function listAgents(agents: Agents = AGENTS): AgentInfo[] {
  return agents.map(({ name, description, tools, handoffs }) => ({
    name,
    description,
    tools: tools.map((tool) => ({
      name: tool.name,
      description: tool.type === 'function' ? tool.description : '',
      approval: 'never',
    })),
    handoffs: handoffs.map((agent) => agent.name),
    limits: { turns: null, toolCalls: null, wallTimeMs: null, costNanoUsd: null },
    authority: null,
    entry: true,
    averageNanoUsd: null,
  }))
}
