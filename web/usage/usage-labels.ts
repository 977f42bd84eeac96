import type { UsageBy, UsageGroup } from '#shared/api.ts'
import { formatDay } from './day.ts'

export const TITLES: Record<UsageBy, string> = {
  conversation: 'By conversation',
  model: 'By model',
  day: 'By day',
  provider: 'By provider',
  agent: 'By agent',
  purpose: 'By purpose',
}

export const COLUMN: Record<UsageBy, string> = {
  conversation: 'Conversation',
  model: 'Model',
  day: 'Day',
  provider: 'Provider',
  agent: 'Agent',
  purpose: 'Purpose',
}

export function groupLabel(by: UsageBy, group: UsageGroup): string {
  if (by === 'day') return formatDay(group.key)
  return group.label === '' ? 'None' : group.label
}

/** Sorts days newest first; other groups keep their order, most expensive first. */
export function inOrder(by: UsageBy, groups: UsageGroup[]): UsageGroup[] {
  return by === 'day' ? groups.toSorted((a, b) => b.key.localeCompare(a.key)) : groups
}
