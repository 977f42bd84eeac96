// The agents there are. A new one is a folder under agents/ and a line here.
import type { AgentInfo } from '#shared/api.ts'
import { assistant } from './agents/assistant/agent.ts'
import type { AgentDefinition } from './define-agent.ts'

const AGENTS: AgentDefinition[] = [assistant]

/** The agent of a conversation that names none. */
export const DEFAULT_AGENT = assistant.name

export function findAgent(name: string): AgentDefinition | undefined {
  return AGENTS.find((agent) => agent.name === name)
}

export function listAgents(): AgentInfo[] {
  return AGENTS.map(({ name, description, tools }) => ({
    name,
    description,
    tools: tools.map((tool) => ({
      name: tool.name,
      description: tool.type === 'function' ? tool.description : '',
    })),
  }))
}
