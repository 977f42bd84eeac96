// The labels of usage groups, and which groups are deleted conversations.
import type { UsageBy, UsageGroup } from '#shared/api.ts'
import type { Database } from '../../db/open.ts'
import { OTHERS, titlesOf } from './usage-store.ts'
import { t } from '#shared/translate.ts'

const NONE: Record<UsageBy, () => string> = {
  agent: () => t`No agent`,
  conversation: () => t`No conversation`,
  day: () => t`No day`,
  model: () => t`No model`,
  provider: () => t`No provider`,
  purpose: () => t`No purpose`,
}

export async function labelled(
  db: Database,
  by: UsageBy,
  groups: Omit<UsageGroup, 'label'>[],
): Promise<UsageGroup[]> {
  if (by === 'conversation') return conversations(db, groups)
  return groups.map((group) => ({ ...group, label: group.key === '' ? NONE[by]() : group.key }))
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
    if (group.key === '') return { ...group, label: NONE.conversation() }
    if (group.key === OTHERS) return { ...group, label: t`Other conversations` }
    const title = titles.get(group.key)
    if (title !== undefined) return { ...group, label: title }
    return { ...group, label: t`Deleted conversation`, deleted: true }
  })
}
