import type { UsageBy, UsageGroup } from '#shared/api.ts'
import { formatDay } from './day.ts'
import { t } from '#shared/translate.ts'

export const TITLES: Record<UsageBy, string> = {
  conversation: t`By conversation`,
  model: t`By model`,
  day: t`By day`,
  provider: t`By provider`,
  agent: t`By agent`,
  purpose: t`By purpose`,
}

export const COLUMN: Record<UsageBy, string> = {
  conversation: t`Conversation`,
  model: t`Model`,
  day: t`Day`,
  provider: t`Provider`,
  agent: t`Agent`,
  purpose: t`Purpose`,
}

/** Calls that have none. */
export const NONE: Record<UsageBy, string> = {
  conversation: t`No conversation`,
  model: t`No model`,
  day: t`No day`,
  provider: t`No provider`,
  agent: t`No agent`,
  purpose: t`No purpose`,
}

export const SPEND_BY: Record<UsageBy, string> = {
  conversation: t`Spend by conversation`,
  model: t`Spend by model`,
  day: t`Spend by day`,
  provider: t`Spend by provider`,
  agent: t`Spend by agent`,
  purpose: t`Spend by purpose`,
}

export function groupLabel(by: UsageBy, group: UsageGroup): string {
  if (by === 'day') return formatDay(group.key)
  return group.label === '' ? t`None` : group.label
}

/** Sorts days newest first; other groups keep their order, most expensive first. */
export function inOrder(by: UsageBy, groups: UsageGroup[]): UsageGroup[] {
  return by === 'day' ? groups.toSorted((a, b) => b.key.localeCompare(a.key)) : groups
}
