import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { BulkChange, ConversationSummary } from '#shared/api.ts'
import { visibleText } from '#shared/visible-text.ts'
import { changeConversations } from '../api/organize.ts'
import { conversationQuery } from '../api/queries.ts'
import { navigate } from '../router.tsx'
import { useToast } from '../ui/toast.tsx'
import { changeInLists, holdList, reloadList, removeFromList } from './listed-conversations.ts'
import { t } from '#shared/translate.ts'

type Change = BulkChange['change']

interface BulkRequest {
  items: ConversationSummary[]
  change: Change
  /** Said with an offer to undo it. Without it nothing is said. */
  done: string | null
}

/** Pins, archives, moves or deletes conversations optimistically. What leaves the list can be undone. */
export function useChange() {
  const client = useQueryClient()
  const showToast = useToast()
  const reload = () =>
    Promise.all([
      reloadList(client),
      client.invalidateQueries({ queryKey: ['folders'] }),
      client.invalidateQueries({ queryKey: ['conversation'] }),
    ])

  const undo = useMutation({
    mutationFn: async (requests: BulkChange[]) => {
      for (const request of requests) await changeConversations(request)
    },
    onError: (error) => showToast({ text: t`Not everything could be undone. ${error.message}` }),
    onSettled: reload,
  })
  const { mutate } = useMutation({
    mutationFn: ({ items, change }: BulkRequest) =>
      changeConversations({ ids: items.map(({ id }) => id), change }),
    onMutate: async ({ items, change: { deleted, ...change } }) => {
      if (deleted === true) {
        for (const { id } of items) {
          removeFromList(client, id)
          if (location.pathname === `/c/${id}`) navigate('/')
        }
      } else changeInLists(client, items, change)
      await holdList(client)
    },
    onSuccess: ({ undo: requests }, { items, change, done }) => {
      if (change.deleted === true) {
        for (const { id } of items)
          client.removeQueries({ queryKey: conversationQuery(id).queryKey })
      }
      if (done === null || requests.length === 0) return
      showToast({ text: done, action: { label: t`Undo`, run: () => undo.mutate(requests) } })
    },
    onError: (error, { items }) =>
      showToast({ text: t`${nameOf(items)} could not be changed. ${error.message}` }),
    onSettled: reload,
  })
  return (items: ConversationSummary[], change: Change, where?: string) =>
    mutate({ items, change, done: doneSentence(items, change, where) })
}

function doneSentence(
  items: ConversationSummary[],
  { archived, deleted, folderId }: Change,
  where = '',
): string | null {
  const what = nameOf(items)
  if (deleted === true) return t`Deleted ${what}.`
  if (archived !== undefined) return archived ? t`Archived ${what}.` : t`Unarchived ${what}.`
  if (folderId === null) return t`Took ${what} out of the folder.`
  return folderId === undefined ? null : t`Moved ${what} to ${where}.`
}

function nameOf(items: ConversationSummary[]): string {
  const [only] = items
  return items.length === 1 && only !== undefined
    ? `“${visibleText(only.title)}”`
    : t`${items.length} conversations`
}
