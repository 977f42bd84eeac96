// What other modules ask about agents, answered from their definitions.
import { agentTexts, NO_TEXTS } from './agent-texts.ts'
import type { AgentDefinition } from './define-agent.ts'
import { NO_RUN, type RunContext } from './run-context.ts'

export type FindAgent = (name: string) => AgentDefinition | undefined

/** What is wrong with the arguments, JSON text; null: nothing. */
function checkArguments(find: FindAgent, agent: string, tool: string, args: string): string | null {
  let input: unknown
  try {
    input = JSON.parse(args)
  } catch {
    return 'The arguments are not valid JSON.'
  }
  const found = find(agent)?.tools.find(({ name }) => name === tool)
  if (found === undefined) return `There is no tool "${tool}" any more.`
  const prepared = found.prepare(input)
  return typeof prepared === 'string' ? prepared : null
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
    textsOf: (name: string) => {
      const agent = find(name)
      return agent === undefined ? NO_TEXTS : agentTexts(agent, find)
    },
    checkArguments: (agent: string, tool: string, args: string) =>
      checkArguments(find, agent, tool, args),
    route: (agent: string, given: Pick<RunContext, 'user' | 'flags'>, message: string) =>
      route(find, agent, given, message),
  }
}

/** The one user there is without sign-in. */
export function userOf({ userTier, flags }: { userTier: string; flags: ReadonlySet<string> }) {
  return { user: { id: 'local', tier: userTier }, flags }
}
