// What every request of an agent carries beside the conversation: its instructions and its tools, as
// texts that can be counted.
import type { ConversationSettings } from '#shared/api.ts'
import { handoffToolName } from './check-agents.ts'
import type { AgentDefinition } from './define-agent.ts'
import type { AgentTool } from './define-tool.ts'
import { NO_RUN } from './run-context.ts'

export interface AgentTexts {
  instructions: string
  /** To the model, a handoff to another agent is a tool, too. */
  tools: { name: string; text: string }[]
}

/** `settings` are those of the conversation. */
export type TextsOf = (agent: string, settings?: ConversationSettings) => AgentTexts

export const NO_TEXTS: AgentTexts = { instructions: '', tools: [] }

export function agentTexts(
  definition: AgentDefinition,
  find: (name: string) => AgentDefinition | undefined,
  settings: ConversationSettings = {},
): AgentTexts {
  const { instructions, handoffs } = definition
  return {
    instructions: typeof instructions === 'string' ? instructions : instructions(NO_RUN),
    tools: [
      ...toolsOf(definition, settings).map((tool) => ({ name: tool.name, text: textOfTool(tool) })),
      ...handoffs.map((name) => {
        const tool = handoffToolName(name)
        const { description = '' } = find(name) ?? {}
        const text = `${tool} Handoff to the ${name} agent to handle the request. ${description}`
        return { name: tool, text }
      }),
    ],
  }
}

/** Those that the conversation has not switched off. */
export function toolsOf(
  { tools }: AgentDefinition,
  { disabledTools = [] }: ConversationSettings,
): AgentTool[] {
  return tools.filter(({ name }) => !disabledTools.includes(name))
}

function textOfTool({ name, description, parameters }: AgentTool): string {
  return JSON.stringify({ type: 'function', name, description, parameters })
}
