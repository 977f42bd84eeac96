// The cost of each day, split into the most expensive groups of the period and the rest.
import type { UsageBy, UsageDay, UsageGroup } from '#shared/api.ts'
import type { Database } from '../../db/open.ts'
import type { Scope } from './filter-store.ts'
import { OTHERS, usageOfDays } from './usage-store.ts'
import { t } from '#shared/translate.ts'

/** One bar cannot show more parts clearly. */
const MAX_PARTS = 6

export async function usageSeries(
  db: Database,
  by: UsageBy,
  scope: Scope,
  groups: UsageGroup[],
): Promise<UsageDay[]> {
  const parts = groups.filter(({ key }) => key !== OTHERS).slice(0, MAX_PARTS)
  const keys = parts.map(({ key }) => key)
  const labels = new Map(parts.map(({ key, label }) => [key, label]))
  const days = new Map<string, UsageDay>()
  for (const { day, key, totals } of await usageOfDays(db, by, scope, keys)) {
    const { costNanoUsd, certainty, unpricedCalls, inputTokens, outputTokens } = totals
    const ofDay = days.get(day) ?? { day, groups: [] }
    ofDay.groups.push({
      key,
      label: labels.get(key) ?? t`Others`,
      costNanoUsd,
      certainty,
      unpricedCalls,
      tokens: inputTokens + outputTokens,
    })
    days.set(day, ofDay)
  }
  const rank = new Map([...keys, OTHERS].map((key, index) => [key, index]))
  for (const { groups: ofDay } of days.values()) {
    ofDay.sort((a, b) => (rank.get(a.key) ?? 0) - (rank.get(b.key) ?? 0))
  }
  return [...days.values()]
}
