import type { Conversation } from '#shared/api.ts'
import { ConversationSettingsDialog } from '../settings/conversation-settings-dialog.tsx'
import { useSaveSettings } from '../settings/use-save-settings.ts'
import type { useSetup } from './use-setup.ts'

interface ChatPageSettingsProps {
  conversation: Conversation | null
  setup: ReturnType<typeof useSetup>
  onOpenChange: (open: boolean) => void
}

/** Of the conversation, or of the one that the first message will create. */
export function ChatPageSettings({ conversation, setup, onOpenChange }: ChatPageSettingsProps) {
  const save = useSaveSettings(conversation?.id ?? '')
  const { newChat, setNewChat } = setup
  const asIfStored = { title: null, agent: newChat.agent ?? null, settings: newChat.settings ?? {} }
  return (
    <ConversationSettingsDialog
      open
      onOpenChange={onOpenChange}
      value={conversation ?? asIfStored}
      onSave={async (change) => {
        if (conversation !== null) return save(change)
        const { agent, settings } = change
        setNewChat({ ...newChat, ...(agent ? { agent } : {}), settings })
      }}
    />
  )
}
