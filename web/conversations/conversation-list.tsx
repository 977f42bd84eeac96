import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { conversationsQuery, latestConversationsQuery, type ListName } from '../api/queries.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { lazyPart, NotLoaded } from '../ui/lazy-part.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useStore } from '../ui/store.ts'
import { readStored } from '../ui/stored.ts'
import { useNow } from '../ui/use-now.ts'
import { ConversationGroup } from './conversation-group.tsx'
import { groupByAge } from './group-by-age.ts'
import { FOLDERS_HEIGHT, listView } from './list-view.ts'
import { useRovingFocus } from './roving-focus.ts'
import { t } from '#shared/translate.ts'

const LoadMore = lazyPart(() => import('./load-more.tsx'), 'LoadMore', {
  failed: NotLoaded,
})
const FolderGroups = lazyPart(() => import('./folder-groups.tsx'), 'FolderGroups', {
  fallback: ({ waiting }) => waiting,
  failed: ({ waiting }) => waiting,
})
const SelectionBar = lazyPart(() => import('./selection-bar.tsx'), 'SelectionBar', {
  failed: NotLoaded,
})
const ArchiveHeading = lazyPart(() => import('./archive-heading.tsx'), 'ArchiveHeading', {
  failed: NotLoaded,
})

interface ConversationListProps {
  onNavigate: (() => void) | undefined
}

export function ConversationList({ onNavigate }: ConversationListProps) {
  const archive = useStore(listView, listView.showsArchive)
  const selecting = useStore(listView, listView.isSelecting)
  return (
    <div {...useRovingFocus()}>
      {archive && <ArchiveHeading />}
      {selecting && <SelectionBar />}
      <Rows key={String(archive)} archive={archive} onNavigate={onNavigate} />
    </div>
  )
}

function Rows({ archive, onNavigate }: ConversationListProps & { archive: boolean }) {
  const now = useNow(60_000)
  const name: ListName = archive ? 'archived=true' : 'folder=none'
  const list = useQuery(conversationsQuery(name))

  if (list.isPending) return <LoadingRows />
  if (list.data === undefined) {
    return (
      <ErrorState
        title={t`Conversations could not be loaded`}
        error={list.error}
        onRetry={() => void list.refetch()}
      />
    )
  }
  const { pages } = list.data
  const items = pages.flatMap((page) => page.items)
  const pinned = archive ? [] : items.filter((item) => item.pinned)
  const others = archive ? items : items.filter((item) => !item.pinned)
  const cursor = pages.at(-1)?.nextCursor ?? null
  return (
    <>
      <ConversationGroup label={t`Pinned`} items={pinned} onNavigate={onNavigate} />
      {archive ? (
        items.length === 0 && <EmptyArchive />
      ) : (
        <Folders isEmpty={items.length === 0} onNavigate={onNavigate} />
      )}
      {groupByAge(others, new Date(now)).map((group) => (
        <ConversationGroup key={group.label} {...group} onNavigate={onNavigate} />
      ))}
      {cursor !== null && <LoadMore key={cursor} list={name} cursor={cursor} />}
    </>
  )
}

/** Where folders are known, their room is kept until they are there. Else they load when the page is quiet. */
function Folders({ isEmpty, onNavigate }: ConversationListProps & { isEmpty: boolean }) {
  const [height] = useState(() => Number(readStored(FOLDERS_HEIGHT)))
  const isQuiet = useQuery({ ...latestConversationsQuery(), enabled: false }).data !== undefined
  const empty = isEmpty && (
    <EmptyState title={t`No conversations yet`}>{t`What you ask is kept here.`}</EmptyState>
  )
  const waiting = height === 0 ? empty : <div style={{ height }} />
  if (height === 0 && !isQuiet) return waiting
  return <FolderGroups waiting={waiting} empty={empty} onNavigate={onNavigate} />
}

function EmptyArchive() {
  return (
    <EmptyState title={t`Nothing is archived`}>
      {t`What you archive from its menu is kept here.`}
    </EmptyState>
  )
}

function LoadingRows() {
  return (
    <output className="block space-y-4 px-2.5 pt-1">
      <span className="sr-only">{t`Loading conversations`}</span>
      {['w-3/4', 'w-1/2', 'w-2/3', 'w-5/6', 'w-3/5'].map((width) => (
        <Skeleton key={width} className={`h-4 ${width}`} />
      ))}
    </output>
  )
}
