// An agent is a folder: a name, a prompt in Markdown beside it, and its tools.
import { readFileSync } from 'node:fs'
import type { AgentTool } from './define-tool.ts'

export interface AgentDefinition {
  name: string
  /** One sentence for the user who chooses an agent, and for an agent that may hand over to it. */
  description: string
  prompt: string
  tools: AgentTool[]
  /** Agents it may hand the conversation over to. */
  handoffs: AgentDefinition[]
}

export function defineAgent(
  agent: Pick<AgentDefinition, 'name' | 'description'> &
    Partial<Pick<AgentDefinition, 'tools' | 'handoffs'>> & { promptFile: URL },
): AgentDefinition {
  const { promptFile, ...rest } = agent
  return { tools: [], handoffs: [], ...rest, prompt: readFileSync(promptFile, 'utf8').trim() }
}
