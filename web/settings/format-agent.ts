import type { AgentInfo } from '#shared/api.ts'
import { formatUsd } from '#shared/money.ts'
import { visibleText } from '#shared/visible-text.ts'
import { plural, t } from '#shared/translate.ts'

/** The agents that can be chosen. One that only works for others is there while it has the conversation. */
export function offeredAgents(agents: AgentInfo[], current: string | null): AgentInfo[] {
  return agents.filter(({ entry, name }) => entry || name === current)
}

export const APPROVAL_LABELS = { sometimes: t`may ask first`, always: t`asks first` }

/** What an agent has, asks and costs, a line each. */
export function formatAgent({ tools, handoffs, averageNanoUsd }: AgentInfo): string[] {
  const asking = tools.filter(({ approval }) => approval !== 'never').map(({ name }) => name)
  const facts = [
    ...(tools.length === 0
      ? []
      : [plural(tools.length, { one: t`1 tool`, other: t`${tools.length} tools` })]),
    ...(averageNanoUsd === null ? [] : [t`about ${formatUsd(averageNanoUsd)} an answer`]),
  ]
  return [
    ...(facts.length === 0 ? [] : [facts.join(' · ')]),
    ...(asking.length === 0 ? [] : [t`Asks you before ${list(asking.map(toolLabel))}`]),
    ...(handoffs.length === 0 ? [] : [t`May hand over to ${list(handoffs)}`]),
  ]
}

const list = (names: readonly string[]) => names.map(visibleText).join(', ')

/** "process refund" */
const toolLabel = (tool: string) => tool.replaceAll('_', ' ')
