import { Pencil, Trash2 } from 'lucide'
import type { RefObject } from 'react'
import type { ConversationSummary } from '#shared/api.ts'
import { Icon } from '../ui/icon.tsx'
import { MenuItem, MenuItems } from '../ui/menu-items.tsx'
import { ExportItems } from './export-items.tsx'
import { useDelete } from './use-delete.ts'

interface RowMenuProps {
  conversation: ConversationSummary
  row: RefObject<HTMLElement | null>
  onRename: () => void
}

export function RowMenu({ conversation, row, onRename }: RowMenuProps) {
  const remove = useDelete(conversation)
  return (
    <MenuItems>
      <MenuItem icon={<Icon of={Pencil} />} onSelect={onRename}>
        Rename
      </MenuItem>
      <ExportItems conversationId={conversation.id} />
      <MenuItem
        danger
        icon={<Icon of={Trash2} />}
        onSelect={() => {
          focusNeighbour(row.current)
          remove()
        }}
      >
        Delete
      </MenuItem>
    </MenuItems>
  )
}

/** Moves focus from a row that is about to be removed to the next one. */
function focusNeighbour(row: HTMLElement | null): void {
  const list = row?.closest('nav')
  const own = row?.querySelector('a')
  if (!list || !own) return
  const links = [...list.querySelectorAll('a')]
  const at = links.indexOf(own)
  const next = links[at + 1] ?? links[at - 1] ?? list.querySelector('button')
  next?.focus()
}
