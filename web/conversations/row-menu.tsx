import { ListChecks, Mail } from 'lucide'
import type { RefObject } from 'react'
import type { ConversationSummary } from '#shared/api.ts'
import { useRoute } from '../router.tsx'
import { Icon } from '../ui/icon.tsx'
import { MenuItem, MenuItems } from '../ui/menu-items.tsx'
import { ConversationItems } from './conversation-items.tsx'
import { listView } from './list-view.ts'
import { useChange } from './use-change.ts'
import { t } from '#shared/translate.ts'

interface RowMenuProps {
  conversation: ConversationSummary
  row: RefObject<HTMLElement | null>
  onRename: () => void
}

export function RowMenu({ conversation, row, onRename }: RowMenuProps) {
  const { id, archived, unread } = conversation
  const change = useChange()
  const route = useRoute()
  const isOpen = route.page === 'chat' && route.conversationId === id
  return (
    <MenuItems>
      <ConversationItems
        conversation={conversation}
        onRename={onRename}
        onLeave={() => focusNeighbour(row.current)}
      >
        {!unread && !archived && !isOpen && (
          <MenuItem
            icon={<Icon of={Mail} />}
            onSelect={() => change([conversation], { unread: true })}
          >
            {t`Mark as unread`}
          </MenuItem>
        )}
        <MenuItem icon={<Icon of={ListChecks} />} onSelect={() => listView.select([id])}>
          {t`Select`}
        </MenuItem>
      </ConversationItems>
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
