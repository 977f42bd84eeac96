import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { conversationsQuery } from '../api/queries.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { lazyPart, NotLoaded } from '../ui/lazy-part.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useNow } from '../ui/use-now.ts'
import { ConversationRow } from './conversation-row.tsx'
import { type AgeGroup, groupByAge } from './group-by-age.ts'

const LoadMore = lazyPart(() => import('./load-more.tsx'), 'LoadMore', {
  failed: NotLoaded,
})

interface ConversationListProps {
  onNavigate: (() => void) | undefined
}

export function ConversationList({ onNavigate }: ConversationListProps) {
  const now = useNow(60_000)
  const list = useQuery(conversationsQuery())

  if (list.isPending) return <LoadingRows />
  if (list.data === undefined) {
    return (
      <ErrorState
        title="Conversations could not be loaded"
        error={list.error}
        onRetry={() => void list.refetch()}
      />
    )
  }
  const { pages } = list.data
  const items = pages.flatMap((page) => page.items)
  const cursor = pages.at(-1)?.nextCursor ?? null
  if (items.length === 0) {
    return <EmptyState title="No conversations yet">What you ask is kept here.</EmptyState>
  }
  return (
    <>
      {groupByAge(items, new Date(now)).map((group) => (
        <Group key={group.label} group={group} onNavigate={onNavigate} />
      ))}
      {cursor !== null && <LoadMore key={cursor} cursor={cursor} />}
    </>
  )
}

function Group({ group, onNavigate }: { group: AgeGroup } & ConversationListProps) {
  const headingId = useId()
  return (
    <section className="pb-4">
      <h2 id={headingId} className="px-2.5 pb-1 text-xs font-medium text-muted">
        {group.label}
      </h2>
      <ul aria-labelledby={headingId}>
        {group.items.map((conversation) => (
          <ConversationRow
            key={conversation.id}
            conversation={conversation}
            onNavigate={onNavigate}
          />
        ))}
      </ul>
    </section>
  )
}

function LoadingRows() {
  return (
    <output className="block space-y-4 px-2.5 pt-1">
      <span className="sr-only">Loading conversations</span>
      {['w-3/4', 'w-1/2', 'w-2/3', 'w-5/6', 'w-3/5'].map((width) => (
        <Skeleton key={width} className={`h-4 ${width}`} />
      ))}
    </output>
  )
}
