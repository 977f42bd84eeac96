import { visibleText } from '#shared/visible-text.ts'
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide'
import { usageQuery, type UsageScope } from '../api/usage.ts'
import { Link } from '../router.tsx'
import { Icon } from '../ui/icon.tsx'
import { COLUMN, NONE } from './usage-labels.ts'
import {
  isFiltered,
  NARROWING,
  type Narrowing,
  unfiltered,
  type View,
  viewPath,
  without,
} from './view.ts'
import { t } from '#shared/translate.ts'

interface FilterChipsProps {
  view: View
  scope: UsageScope
}

/** The active filters, each with a link that removes it. */
export function FilterChips({ view, scope }: FilterChipsProps) {
  const conversation = useConversationTitle(scope)
  if (!isFiltered(view)) return null
  const chips = NARROWING.flatMap((by) => {
    const key = view.filter[by]
    if (key === undefined) return []
    const label = by === 'conversation' ? conversation : key
    return [{ by, label: label === '' ? NONE[by] : visibleText(label) }]
  })
  return (
    <nav aria-label={t`Shown only`} className="flex flex-wrap items-center gap-2 text-sm">
      <span aria-hidden className="text-muted">
        {t`Only`}
      </span>
      {chips.map(({ by, label }) => (
        <Chip key={by} by={by} label={label} href={viewPath(without(view, by))} />
      ))}
      <Link
        href={viewPath(unfiltered(view))}
        className="inline-flex items-center text-accent underline underline-offset-4 pointer-coarse:h-11"
      >
        {t`Show everything`}
      </Link>
    </nav>
  )
}

function Chip({ by, label, href }: { by: Narrowing; label: string; href: string }) {
  return (
    <Link
      href={href}
      title={label}
      className="inline-flex h-8 max-w-72 items-center gap-1.5 rounded-full border border-line-strong bg-surface pr-2 pl-3 hover:bg-sunken pointer-coarse:h-11"
    >
      <span className="text-muted">{COLUMN[by]}</span>{' '}
      <span className="truncate font-medium">{label}</span>
      <span className="sr-only">, {t`remove`}</span>
      <Icon of={X} className="size-3.5 shrink-0" />
    </Link>
  )
}

/** Reads the title from the usage of the conversation. */
function useConversationTitle(scope: UsageScope): string {
  const id = scope.filter.conversation
  const usage = useQuery({ ...usageQuery('conversation', scope), enabled: id !== undefined })
  if (id === undefined) return ''
  return usage.data?.groups.find(({ key }) => key === id)?.label ?? t`Conversation`
}
