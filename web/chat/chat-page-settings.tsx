import { useQueryClient } from '@tanstack/react-query'
import type { Conversation } from '#shared/api.ts'
import { conversationQuery } from '../api/queries.ts'
import { updateConversation } from '../api/conversations.ts'
import { ConversationSettingsDialog } from '../settings/conversation-settings-dialog.tsx'
import type { SettingsChange } from '../settings/settings-form.ts'
import type { useSetup } from './use-setup.ts'

interface ChatPageSettingsProps {
  conversation: Conversation | null
  setup: ReturnType<typeof useSetup>
  onOpenChange: (open: boolean) => void
}

/** The settings of the conversation, or of the one that the first message will create. */
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
        // Tools are switched off beside the agent, not here.
        const { disabledTools } = (conversation ?? asIfStored).settings
        const settings = { ...change.settings, ...(disabledTools && { disabledTools }) }
        if (conversation !== null) return save({ ...change, settings })
        const { agent } = change
        setNewChat({ ...newChat, ...(agent ? { agent } : {}), settings })
      }}
    />
  )
}

/** Saves the settings of a conversation and updates what the page shows of them. */
function useSaveSettings(conversationId: string) {
  const client = useQueryClient()
  return async (change: SettingsChange): Promise<void> => {
    await updateConversation(conversationId, change)
    client.setQueryData(
      conversationQuery(conversationId).queryKey,
      (open) =>
        open && {
          ...open,
          title: change.title ?? open.title,
          agent: change.agent ?? open.agent,
          settings: change.settings,
        },
    )
    await client.invalidateQueries({ queryKey: ['conversations'] })
  }
}
