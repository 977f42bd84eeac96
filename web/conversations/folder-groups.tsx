import { useQuery } from '@tanstack/react-query'
import { ChevronRight, Ellipsis, Folder as FolderIcon } from 'lucide'
import { type ReactNode, useState } from 'react'
import type { Folder } from '#shared/folders.ts'
import { visibleText } from '#shared/visible-text.ts'
import { foldersQuery } from '../api/organize.ts'
import { conversationsQuery, latestConversationsQuery } from '../api/queries.ts'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { readStored, writeStored } from '../ui/stored.ts'
import { ConversationRow } from './conversation-row.tsx'
import { FolderMenu } from './folder-menu.tsx'
import { FOLDERS_HEIGHT } from './list-view.ts'
import { LoadMore } from './load-more.tsx'
import { useDrop } from './use-drop.ts'
import { t } from '#shared/translate.ts'

interface FolderGroupsProps {
  waiting: ReactNode
  /** Shown if there is no folder either. */
  empty: ReactNode
  onNavigate: (() => void) | undefined
}

/** The folders with their conversations, as far as they are open. */
export function FolderGroups({ waiting, empty, onNavigate }: FolderGroupsProps) {
  const { data: folders, isError } = useQuery(foldersQuery())
  const latest = useQuery({ ...latestConversationsQuery(), enabled: false }).data?.items
  const isUnread = (folder: Folder) =>
    folder.unread || latest?.some((item) => item.folderId === folder.id && item.unread) === true
  if (folders === undefined) return isError ? empty : waiting
  return (
    <>
      <div ref={storeHeight}>
        {folders.length > 0 && (
          <section aria-label={t`Folders`} className="pb-4">
            <h2 className="px-2.5 pb-1 text-xs font-medium text-muted">{t`Folders`}</h2>
            <ul>
              {folders.map((folder) => (
                <FolderGroup
                  key={folder.id}
                  folder={folder}
                  isUnread={isUnread(folder)}
                  onNavigate={onNavigate}
                />
              ))}
            </ul>
          </section>
        )}
      </div>
      {folders.length === 0 && empty}
    </>
  )
}

/** So that their room can be kept while they load. */
function storeHeight(box: HTMLElement | null) {
  if (box === null) return
  const observer = new ResizeObserver(([entry]) => {
    // A hidden sidebar has no height to remember.
    if (box.offsetParent === null) return
    const height = entry?.contentRect.height ?? 0
    writeStored(FOLDERS_HEIGHT, height === 0 ? null : String(height))
  })
  observer.observe(box)
  return () => observer.disconnect()
}

interface FolderGroupProps {
  folder: Folder
  onNavigate: (() => void) | undefined
}

function FolderGroup({ folder, isUnread, onNavigate }: FolderGroupProps & { isUnread: boolean }) {
  const name = visibleText(folder.name)
  const key = `tally.folder.${folder.id}`
  const [open, setOpen] = useState(() => readStored(key) !== null)
  const { isOver, handlers } = useDrop(folder)
  const toggle = () => {
    writeStored(key, open ? null : 'open')
    setOpen(!open)
  }
  return (
    <li>
      <div
        className={`group relative flex h-9 items-center rounded-lg pr-1 text-sm hover:bg-line/50 pointer-coarse:h-11 ${isOver ? 'bg-accent-soft' : ''}`}
        {...handlers}
      >
        <button
          type="button"
          data-item
          tabIndex={-1}
          aria-expanded={open}
          className="flex min-w-0 flex-1 items-center gap-2 rounded-lg py-1 pl-2.5 text-left outline-offset-0 after:absolute after:inset-0"
          onClick={toggle}
        >
          <Icon
            of={ChevronRight}
            className={`size-3.5 shrink-0 text-muted transition-transform ${open ? 'rotate-90' : ''}`}
          />
          <Icon of={FolderIcon} className="size-4 shrink-0 text-muted" />
          <span className="truncate">{name}</span>
          {isUnread && !open && (
            <span className="flex shrink-0 items-center" title={t`Unread`}>
              <span aria-hidden className="size-2 rounded-full bg-ink" />
              <span className="sr-only">{t`Unread`}</span>
            </span>
          )}
        </button>
        <Menu
          label={t`Options for the folder “${name}”`}
          icon={<Icon of={Ellipsis} />}
          tabIndex={-1}
          className="relative hover:bg-line pointer-fine:size-7 pointer-fine:opacity-0 pointer-fine:group-focus-within:opacity-100 pointer-fine:group-hover:opacity-100 pointer-fine:aria-expanded:opacity-100"
        >
          <FolderMenu folder={folder} onNavigate={onNavigate} />
        </Menu>
      </div>
      {open && <FolderRows folder={folder} onNavigate={onNavigate} />}
    </li>
  )
}

function FolderRows({ folder, onNavigate }: FolderGroupProps) {
  const name = `folder=${folder.id}` as const
  const { data, isError, refetch } = useQuery(conversationsQuery(name))
  if (isError && data === undefined) {
    return (
      <p role="alert" className={NOTE}>
        {t`This folder could not be loaded.`}{' '}
        <button type="button" className="font-medium text-accent" onClick={() => void refetch()}>
          {t`Try again`}
        </button>
      </p>
    )
  }
  if (data === undefined) return <Skeleton className="my-2.5 ml-8 h-4 w-1/2" />
  const items = data.pages.flatMap((page) => page.items)
  const shown = items.filter((item) => !item.pinned)
  const cursor = data.pages.at(-1)?.nextCursor ?? null
  if (items.length === 0) return <p className={NOTE}>{t`No conversations`}</p>
  if (shown.length === 0) return <p className={NOTE}>{t`All its conversations are pinned`}</p>
  return (
    <ul aria-label={visibleText(folder.name)} className="pl-4">
      {shown.map((conversation) => (
        <ConversationRow
          key={conversation.id}
          conversation={conversation}
          onNavigate={onNavigate}
        />
      ))}
      {cursor !== null && (
        <li>
          <LoadMore key={cursor} list={name} cursor={cursor} />
        </li>
      )}
    </ul>
  )
}

const NOTE = 'py-1.5 pl-8.5 text-xs text-muted'
