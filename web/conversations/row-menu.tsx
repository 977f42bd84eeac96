import {
  Archive,
  ArchiveRestore,
  FolderInput,
  ListChecks,
  Mail,
  Pencil,
  Pin,
  PinOff,
  Share,
  Trash2,
} from 'lucide'
import type { RefObject } from 'react'
import type { ConversationSummary } from '#shared/api.ts'
import { useRoute } from '../router.tsx'
import { Icon } from '../ui/icon.tsx'
import { MenuItem, MenuItems } from '../ui/menu-items.tsx'
import { ExportItems } from './export-items.tsx'
import { listView } from './list-view.ts'
import { useChange } from './use-change.ts'
import { useDelete } from './use-delete.ts'
import { t } from '#shared/translate.ts'

interface RowMenuProps {
  conversation: ConversationSummary
  row: RefObject<HTMLElement | null>
  onRename: () => void
}

export function RowMenu({ conversation, row, onRename }: RowMenuProps) {
  const { pinned, archived, unread } = conversation
  const remove = useDelete(conversation)
  const change = useChange()
  const route = useRoute()
  const isOpen = route.page === 'chat' && route.conversationId === conversation.id
  return (
    <MenuItems>
      <MenuItem icon={<Icon of={Pencil} />} onSelect={onRename}>
        {t`Rename`}
      </MenuItem>
      <ExportItems conversationId={conversation.id} />
      <MenuItem
        icon={<Icon of={Share} />}
        onSelect={() => listView.openDialog({ kind: 'share', conversation })}
      >
        {t`Share…`}
      </MenuItem>
      {!archived && (
        <MenuItem
          icon={<Icon of={pinned ? PinOff : Pin} />}
          onSelect={() => change([conversation], { pinned: !pinned })}
        >
          {pinned ? t`Unpin` : t`Pin`}
        </MenuItem>
      )}
      <MenuItem
        icon={<Icon of={FolderInput} />}
        onSelect={() => listView.openDialog({ kind: 'move', items: [conversation] })}
      >
        {t`Move to folder`}
      </MenuItem>
      {!unread && !archived && !isOpen && (
        <MenuItem
          icon={<Icon of={Mail} />}
          onSelect={() => change([conversation], { unread: true })}
        >
          {t`Mark as unread`}
        </MenuItem>
      )}
      <MenuItem icon={<Icon of={ListChecks} />} onSelect={() => listView.select([conversation.id])}>
        {t`Select`}
      </MenuItem>
      <MenuItem
        icon={<Icon of={archived ? ArchiveRestore : Archive} />}
        onSelect={() => {
          focusNeighbour(row.current)
          change([conversation], { archived: !archived })
        }}
      >
        {archived ? t`Unarchive` : t`Archive`}
      </MenuItem>
      <MenuItem
        danger
        icon={<Icon of={Trash2} />}
        onSelect={() => {
          focusNeighbour(row.current)
          remove()
        }}
      >
        {t`Delete`}
      </MenuItem>
    </MenuItems>
  )
}

/** Moves focus from a row that is about to be removed to the next one. */
function focusNeighbour(row: HTMLElement | null): void {
  const list = row?.closest('nav')
  const own = row?.querySelector<HTMLElement>('[data-item]')
  if (!list || !own) return
  const items = [...list.querySelectorAll<HTMLElement>('[data-item]')]
  const at = items.indexOf(own)
  const next = items[at + 1] ?? items[at - 1] ?? list.querySelector('button')
  next?.focus()
}
