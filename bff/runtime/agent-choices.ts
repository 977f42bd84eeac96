// What other modules ask about agents, answered from their definitions.
import type { ConversationSettings } from '#shared/api.ts'
import { agentTexts, NO_TEXTS } from './agent-texts.ts'
import type { AgentDefinition } from './define-agent.ts'
import type { AgentTool, PreparedCall } from './define-tool.ts'
import { NO_RUN, type RunContext } from './run-context.ts'
import { t } from '#shared/translate.ts'

export type FindAgent = (name: string) => AgentDefinition | undefined

/** What is wrong with the arguments, JSON text; null: nothing. */
function checkArguments(find: FindAgent, agent: string, tool: string, args: string): string | null {
  const found = toolOf(find, agent, tool)
  if (found === undefined) return t`There is no tool "${tool}" any more.`
  const prepared = prepare(found, args)
  return typeof prepared === 'string' ? prepared : null
}

/** What rules know of a tool; undefined: there is none. */
function describeTool(find: FindAgent, agent: string, tool: string) {
  const found = toolOf(find, agent, tool)
  if (found === undefined) return undefined
  return {
    isReadOnly: found.isReadOnly,
    fields: Object.keys(found.parameters.properties),
    read: (args: string): Record<string, unknown> | null => {
      const prepared = prepare(found, args)
      return typeof prepared === 'string' ? null : Object(prepared.input)
    },
  }
}

function toolOf(find: FindAgent, agent: string, tool: string): AgentTool | undefined {
  return find(agent)?.tools.find(({ name }) => name === tool)
}

function prepare(tool: AgentTool, args: string): PreparedCall | string {
  try {
    return tool.prepare(JSON.parse(args))
  } catch {
    return t`The arguments are not valid JSON.`
  }
}

/** The agent that a rule chooses for the first message of a conversation; null: none does. */
function route(
  find: FindAgent,
  agent: string,
  given: Pick<RunContext, 'user' | 'flags'>,
  message: string,
): { agent: string; rule: string } | null {
  return find(agent)?.router?.({ ...NO_RUN, ...given }, message) ?? null
}

export function choicesOf(find: FindAgent) {
  return {
    textsOf: (name: string, settings?: ConversationSettings) => {
      const agent = find(name)
      return agent === undefined ? NO_TEXTS : agentTexts(agent, find, settings)
    },
    checkArguments: (agent: string, tool: string, args: string) =>
      checkArguments(find, agent, tool, args),
    findTool: (agent: string, tool: string) => describeTool(find, agent, tool),
    route: (agent: string, given: Pick<RunContext, 'user' | 'flags'>, message: string) =>
      route(find, agent, given, message),
  }
}

/** The one user there is without sign-in. */
export function userOf({ userTier, flags }: { userTier: string; flags: ReadonlySet<string> }) {
  return { user: { id: 'local', tier: userTier }, flags }
}
