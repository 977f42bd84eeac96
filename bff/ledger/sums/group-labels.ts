// The labels of usage groups, and which groups are deleted conversations.
import type { UsageBy, UsageGroup } from '#shared/api.ts'
import type { Database } from '../../db/open.ts'
import { OTHERS, titlesOf } from './usage-store.ts'

export async function labelled(
  db: Database,
  by: UsageBy,
  groups: Omit<UsageGroup, 'label'>[],
): Promise<UsageGroup[]> {
  if (by === 'conversation') return conversations(db, groups)
  return groups.map((group) => ({ ...group, label: group.key === '' ? `No ${by}` : group.key }))
}

async function conversations(
  db: Database,
  groups: Omit<UsageGroup, 'label'>[],
): Promise<UsageGroup[]> {
  const titles = await titlesOf(
    db,
    groups.map(({ key }) => key),
  )
  return groups.map((group) => {
    if (group.key === '') return { ...group, label: 'No conversation' }
    if (group.key === OTHERS) return { ...group, label: 'Other conversations' }
    const title = titles.get(group.key)
    if (title !== undefined) return { ...group, label: title }
    return { ...group, label: 'Deleted conversation', deleted: true }
  })
}
