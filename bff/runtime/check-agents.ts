// Checks a set of agents when Tally starts, so that a mistake does not wait for a conversation to reach it.
import type { AgentDefinition } from './define-agent.ts'

/** Throws an error that names the agent and says what to change. */
export function checkAgents(agents: readonly AgentDefinition[]): void {
  const names = agents.map(({ name }) => name)
  const twice = firstRepeated(names)
  if (twice !== undefined) throw new Error(`Two agents are called "${twice}". Rename one of them.`)
  for (const agent of agents) checkAgent(agent, names)
  const reached = new Set(agents.filter(({ entry }) => entry).map(({ name }) => name))
  for (const name of reached) {
    const agent = agents.find((each) => each.name === name)
    for (const next of agent === undefined ? [] : reachedFrom(agent)) reached.add(next)
  }
  const lost = names.find((name) => !reached.has(name))
  if (lost !== undefined) {
    throw new Error(
      `Nobody can get to the agent "${lost}". Make it an entry, hand over to it, or use it as a tool.`,
    )
  }
}

function checkAgent(agent: AgentDefinition, names: string[]): void {
  for (const next of reachedFrom(agent)) {
    if (!names.includes(next)) {
      throw new Error(
        `Agent "${agent.name}" names the agent "${next}", and there is none. Add it to the registry.`,
      )
    }
  }
  const repeated = firstRepeated([
    ...agent.tools.map(({ name }) => name),
    ...agent.handoffs.map(handoffToolName),
  ])
  if (repeated !== undefined) {
    throw new Error(`Agent "${agent.name}" has two tools called "${repeated}". Rename one of them.`)
  }
}

/** As the SDK names the tool that hands over to an agent. */
export function handoffToolName(agent: string): string {
  return `transfer_to_${agent}`
}

function reachedFrom({ handoffs, tools }: AgentDefinition): string[] {
  return [...handoffs, ...tools.flatMap(({ agent }) => (agent === undefined ? [] : [agent]))]
}

function firstRepeated(names: string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) !== index)
}
