// What every request of an agent carries beside the conversation: its instructions and its tools, as
// texts that can be counted.
import type { AgentDefinition } from './define-agent.ts'

export interface AgentTexts {
  instructions: string
  /** Also handing over to another agent is one to the model. */
  tools: { name: string; text: string }[]
}

export const NO_TEXTS: AgentTexts = { instructions: '', tools: [] }

export function agentTexts({ prompt, tools, handoffs }: AgentDefinition): AgentTexts {
  return {
    instructions: prompt,
    tools: [
      ...tools.map((tool) => ({ name: tool.name, text: textOfTool(tool) })),
      ...handoffs.map(({ name, description }) => ({
        name: `transfer_to_${name}`,
        text: `transfer_to_${name} Handoff to the ${name} agent to handle the request. ${description}`,
      })),
    ],
  }
}

function textOfTool(tool: AgentDefinition['tools'][number]): string {
  if (tool.type !== 'function') return JSON.stringify(tool)
  const { name, description, parameters } = tool
  return JSON.stringify({ type: 'function', name, description, parameters })
}
