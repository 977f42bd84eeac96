import type { AgentInfo } from '#shared/api.ts'
import { formatUsd } from '#shared/money.ts'
import { visibleText } from '#shared/visible-text.ts'

export const APPROVAL_LABELS = { sometimes: 'may ask first', always: 'asks first' }

/** What an agent has, asks and costs, a line each. */
export function formatAgent({ tools, handoffs, averageNanoUsd }: AgentInfo): string[] {
  const asking = tools.filter(({ approval }) => approval !== 'never').map(({ name }) => name)
  const facts = [
    ...(tools.length === 0 ? [] : [tools.length === 1 ? '1 tool' : `${tools.length} tools`]),
    ...(averageNanoUsd === null ? [] : [`about ${formatUsd(averageNanoUsd)} an answer`]),
  ]
  return [
    ...(facts.length === 0 ? [] : [facts.join(' · ')]),
    ...(asking.length === 0 ? [] : [`Asks you before ${list(asking)}`]),
    ...(handoffs.length === 0 ? [] : [`May hand over to ${list(handoffs)}`]),
  ]
}

const list = (names: readonly string[]) => names.map(visibleText).join(', ')
