// Branching from a message, and deleting it with a toast that undoes it.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Conversation } from '#shared/conversation.ts'
import type { DeleteScope } from '#shared/messages.ts'
import { withoutMessages } from '../api/conversation-pages.ts'
import { branchFrom, deleteMessage, restoreMessage } from '../api/messages.ts'
import { conversationQuery, conversationsQuery, joinPages } from '../api/queries.ts'
import { navigate } from '../router.tsx'
import { useToast } from '../ui/toast.tsx'
import type { ThreadRow } from './thread-row.ts'
import { t } from '#shared/translate.ts'

export function useMessageChanges(row: ThreadRow) {
  const { id, conversationId } = row.message
  const client = useQueryClient()
  const showToast = useToast()
  const key = conversationQuery(conversationId).queryKey

  const show = async (change: (loaded: Conversation) => Conversation) => {
    await client.cancelQueries({ queryKey: key })
    client.setQueryData(key, (loaded) => loaded && change(loaded))
    for (const name of ['conversation', 'context', 'billed']) {
      void client.invalidateQueries({ queryKey: [name, conversationId] })
    }
  }

  const branch = useMutation({
    mutationFn: () => branchFrom(id, crypto.randomUUID()),
    onSuccess: (made) => {
      client.setQueryData(conversationQuery(made.id).queryKey, made)
      void client.invalidateQueries({ queryKey: conversationsQuery().queryKey })
      navigate(`/c/${made.id}`)
    },
    onError: ({ message }) => showToast({ text: t`The branch was not made. ${message}` }),
  })
  const restore = useMutation({
    mutationFn: (_before: Conversation | undefined) => restoreMessage(id),
    onSuccess: (restored, before) => show(() => joinPages(before, restored)),
    onError: ({ message }) => showToast({ text: t`It could not be restored. ${message}` }),
  })
  const remove = useMutation({
    mutationFn: (scope: DeleteScope) => deleteMessage(id, scope),
    onSuccess: async (_, scope) => {
      const before = client.getQueryData(key)
      await show((loaded) => withoutMessages(loaded, goneWith(loaded, id, scope)))
      showToast({
        text: deletedSentence(row, scope),
        action: { label: t`Undo`, run: () => restore.mutate(before) },
      })
    },
    onError: ({ message }) => showToast({ text: t`It was not deleted. ${message}` }),
  })
  return {
    branch: () => branch.mutate(),
    remove: (scope: DeleteScope) => remove.mutate(scope),
    isBusy: branch.isPending || remove.isPending,
  }
}

/** Of the loaded messages, those that the server has deleted. */
function goneWith(loaded: Conversation, id: string, scope: DeleteScope): ReadonlySet<string> {
  const at = loaded.messages.findIndex((message) => message.id === id)
  const from = loaded.messages.slice(at)
  const gone =
    scope === 'branch'
      ? from
      : from.filter(
          ({ role, parentId }, index) =>
            index === 0 || (index === 1 && role === 'assistant' && parentId === id),
        )
  return new Set(at === -1 ? [] : gone.map((message) => message.id))
}

function deletedSentence({ message, siblingIds }: ThreadRow, scope: DeleteScope): string {
  if (scope === 'branch') return t`Deleted from here on.`
  if (siblingIds.length > 1) {
    return t`Deleted version ${siblingIds.indexOf(message.id) + 1} of ${siblingIds.length}.`
  }
  return message.role === 'user' ? t`Deleted the message and its answers.` : t`Deleted the answer.`
}
