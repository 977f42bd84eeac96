import { useQueryClient } from '@tanstack/react-query'
import { paths } from '#shared/paths.ts'
import { conversationQuery, conversationsQuery } from '../api/queries.ts'
import { send } from '../api/request.ts'
import type { SettingsChange } from './settings-form.ts'

/** Saves the settings of a conversation and updates what the page shows of them. */
export function useSaveSettings(conversationId: string) {
  const client = useQueryClient()
  return async (change: SettingsChange): Promise<void> => {
    await send(paths.conversation(conversationId), { method: 'PATCH', body: change })
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
    await client.invalidateQueries({ queryKey: conversationsQuery().queryKey })
  }
}
