import { Settings2 } from 'lucide'
import type { Conversation } from '#shared/api.ts'
import { ConversationItems, TakeAwayItems } from '../conversations/conversation-items.tsx'
import { listView } from '../conversations/list-view.ts'
import { Icon } from '../ui/icon.tsx'
import { isNarrow } from '../ui/is-narrow.ts'
import { MenuItem, MenuItems } from '../ui/menu-items.tsx'
import { t } from '#shared/translate.ts'

interface ChatPageMenuProps {
  conversation: Conversation
  onSettings: () => void
}

/** What can be done with the conversation on the screen. */
export function ChatPageMenu({ conversation, onSettings }: ChatPageMenuProps) {
  return (
    <MenuItems>
      {isNarrow() && (
        <MenuItem icon={<Icon of={Settings2} />} onSelect={onSettings}>
          {t`Conversation settings`}
        </MenuItem>
      )}
      {conversation.temporary ? (
        <TakeAwayItems conversation={conversation} />
      ) : (
        <ConversationItems
          conversation={conversation}
          onRename={() => listView.openDialog({ kind: 'rename', conversation })}
        />
      )}
    </MenuItems>
  )
}
