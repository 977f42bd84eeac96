import { Archive, ArchiveRestore, FolderInput, Pencil, Pin, PinOff, Share, Trash2 } from 'lucide'
import type { ReactNode } from 'react'
import type { ConversationSummary } from '#shared/conversation.ts'
import { Icon } from '../ui/icon.tsx'
import { MenuItem } from '../ui/menu-items.tsx'
import { ExportItems } from './export-items.tsx'
import { listView } from './list-view.ts'
import { useChange } from './use-change.ts'
import { useDelete } from './use-delete.ts'
import { t } from '#shared/translate.ts'

interface ConversationItemsProps {
  conversation: ConversationSummary
  onRename: () => void
  /** Called before the conversation leaves the list that it is in. */
  onLeave?: () => void
  /** Items that only one of the menus has. */
  children?: ReactNode
}

/** What can be done with a conversation, in the list and where it is open. */
export function ConversationItems({
  conversation,
  onRename,
  onLeave,
  children,
}: ConversationItemsProps) {
  const { pinned, archived } = conversation
  const remove = useDelete(conversation)
  const change = useChange()
  return (
    <>
      <MenuItem icon={<Icon of={Pencil} />} onSelect={onRename}>
        {t`Rename`}
      </MenuItem>
      <TakeAwayItems conversation={conversation} />
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
      {children}
      <MenuItem
        icon={<Icon of={archived ? ArchiveRestore : Archive} />}
        onSelect={() => {
          onLeave?.()
          change([conversation], { archived: !archived })
        }}
      >
        {archived ? t`Unarchive` : t`Archive`}
      </MenuItem>
      <MenuItem
        danger
        icon={<Icon of={Trash2} />}
        onSelect={() => {
          onLeave?.()
          remove()
        }}
      >
        {t`Delete`}
      </MenuItem>
    </>
  )
}

/** All that can be done with a temporary chat. */
export function TakeAwayItems({ conversation }: { conversation: ConversationSummary }) {
  return (
    <>
      <ExportItems conversationId={conversation.id} />
      <MenuItem
        icon={<Icon of={Share} />}
        onSelect={() => listView.openDialog({ kind: 'share', conversation })}
      >
        {t`Share…`}
      </MenuItem>
    </>
  )
}
