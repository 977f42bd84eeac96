// An agent as a tool of another: it gets the input alone, never the conversation, and works inside
// the card of its call.
import { z } from 'zod'
import { type AgentTool, defineTool } from './define-tool.ts'
import { t } from '#shared/translate.ts'

export interface AgentToolSpec {
  name: string
  description: string
  /** The agent that does the work. */
  agent: string
  maxConcurrent?: number
  /** Who it is, for the card: "the researcher". Absent: the name of the agent. */
  calledAgent?: string
}

export function agentTool({ agent, calledAgent = agent, ...spec }: AgentToolSpec): AgentTool {
  return defineTool({
    ...spec,
    agent,
    // It may wait for a person; its requests and its own tools have their own limits.
    timeoutMs: null,
    parameters: z.object({
      input: z.string().min(1).describe('All that it needs to know. It sees nothing else.'),
    }),
    execute: ({ input }, { runAgent }) => runAgent(agent, input),
    pendingLabel: ({ input }) => t`Ask ${calledAgent} · ${input}`,
    label: ({ input }) => t`Asked ${calledAgent} · ${input}`,
  })
}
