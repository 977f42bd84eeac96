import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ConversationSummary } from '#shared/api.ts'
import { visibleText } from '#shared/visible-text.ts'
import { conversationQuery } from '../api/queries.ts'
import { send } from '../api/request.ts'
import { deleteConversation } from '../api/runs.ts'
import { navigate, useRoute } from '../router.tsx'
import { useToast } from '../ui/toast.tsx'
import { holdList, reloadList, removeFromList } from './listed-conversations.ts'
import { t } from '#shared/translate.ts'

/** Deletes optimistically with an Undo toast. An open conversation is closed, and reopened by Undo. */
export function useDelete({ id, ...conversation }: ConversationSummary) {
  const title = visibleText(conversation.title)
  const client = useQueryClient()
  const showToast = useToast()
  const route = useRoute()
  const isOpen = route.page === 'chat' && route.conversationId === id

  const restore = useMutation({
    mutationFn: (_wasOpen: boolean) => send(`/api/conversations/${id}/restore`, { method: 'POST' }),
    onSuccess: (_, wasOpen) => {
      if (wasOpen) navigate(`/c/${id}`)
      return reloadList(client)
    },
    onError: (error) => showToast({ text: t`“${title}” could not be restored. ${error.message}` }),
  })
  const remove = useMutation({
    mutationFn: (_wasOpen: boolean) => deleteConversation(id),
    onMutate: async (wasOpen) => {
      removeFromList(client, id)
      if (wasOpen) navigate('/')
      await holdList(client)
    },
    onSuccess: (_, wasOpen) => {
      client.removeQueries({ queryKey: conversationQuery(id).queryKey })
      showToast({
        text: t`Deleted “${title}”.`,
        action: { label: t`Undo`, run: () => restore.mutate(wasOpen) },
      })
    },
    onError: async (error) => {
      await reloadList(client)
      showToast({ text: t`“${title}” was not deleted. ${error.message}` })
    },
  })
  return () => remove.mutate(isOpen)
}
