import type { ConversationSummary } from '#shared/api.ts'
import { language, t } from '#shared/translate.ts'

export interface AgeGroup {
  label: string
  items: ConversationSummary[]
}

/** Groups a sorted list by age in the user's time zone. */
export function groupByAge(items: ConversationSummary[], now: Date): AgeGroup[] {
  const groups: AgeGroup[] = []
  for (const item of items) {
    const label = ageLabel(new Date(item.updatedAt), now)
    const last = groups.at(-1)
    if (last?.label === label) last.items.push(item)
    else groups.push({ label, items: [item] })
  }
  return groups
}

function ageLabel(at: Date, now: Date): string {
  if (at >= startOfDay(now, 0)) return t`Today`
  if (at >= startOfDay(now, 1)) return t`Yesterday`
  if (at >= startOfDay(now, 7)) return t`Previous 7 days`
  const year = at.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const }
  return at.toLocaleDateString(language(), { month: 'long', ...year })
}

function startOfDay(now: Date, daysAgo: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo)
}
