// What every request of an agent carries beside the conversation: its instructions and its tools, as
// texts that can be counted.
import { handoffToolName } from './check-agents.ts'
import type { AgentDefinition } from './define-agent.ts'
import type { AgentTool } from './define-tool.ts'
import { NO_RUN } from './run-context.ts'

export interface AgentTexts {
  instructions: string
  /** Also handing over to another agent is one to the model. */
  tools: { name: string; text: string }[]
}

export const NO_TEXTS: AgentTexts = { instructions: '', tools: [] }

export function agentTexts(
  { instructions, tools, handoffs }: AgentDefinition,
  find: (name: string) => AgentDefinition | undefined,
): AgentTexts {
  return {
    instructions: typeof instructions === 'string' ? instructions : instructions(NO_RUN),
    tools: [
      ...tools.map((tool) => ({ name: tool.name, text: textOfTool(tool) })),
      ...handoffs.map((name) => {
        const tool = handoffToolName(name)
        const { description = '' } = find(name) ?? {}
        const text = `${tool} Handoff to the ${name} agent to handle the request. ${description}`
        return { name: tool, text }
      }),
    ],
  }
}

function textOfTool({ name, description, parameters }: AgentTool): string {
  return JSON.stringify({ type: 'function', name, description, parameters })
}
