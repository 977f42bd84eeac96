// Which messages of the conversation are on the page: older ones, and those of another branch.
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Conversation } from '#shared/api.ts'
import { joinPages, prependPage } from '../api/conversation-pages.ts'
import { conversationQuery } from '../api/queries.ts'
import { readNewestMessages, readOlderMessages, updateConversation } from '../api/conversations.ts'
import { useChat } from './chat-context.tsx'

/** More than this is not kept on the page once the reader is back at the end. */
const MAX_LOADED = 400

export function useOlderMessages(conversation: Conversation | null) {
  const client = useQueryClient()
  const id = conversation?.id ?? null
  const cursor = conversation?.previousCursor ?? null
  const loaded = conversation?.messages.length ?? 0

  const loadOlder = useCallback(async () => {
    if (id === null || cursor === null) return
    const older = await readOlderMessages(id, cursor)
    client.setQueryData(
      conversationQuery(id).queryKey,
      (current) => current && prependPage(current, older, cursor),
    )
  }, [client, id, cursor])
  const unloadOffscreenAbove = useCallback(() => {
    if (id === null || loaded <= MAX_LOADED) return
    readNewestMessages(id)
      .then((newest) => client.setQueryData(conversationQuery(id).queryKey, newest))
      // Then they stay until the reader comes back to the end again.
      .catch(() => undefined)
  }, [client, id, loaded])
  return { loadOlder: cursor === null ? null : loadOlder, unloadOffscreenAbove }
}

/** Reads older pages until the message is among them. */
async function readUpTo(messageId: string, branch: Conversation): Promise<Conversation> {
  let read = branch
  while (!read.messages.some(({ id }) => id === messageId) && read.messages.length < MAX_LOADED) {
    const { previousCursor } = read
    if (previousCursor === null) break
    read = prependPage(read, await readOlderMessages(read.id, previousCursor), previousCursor)
  }
  return read
}

/** Shows the branch that goes through a message. */
export function useSelectBranch(conversationId: string | null) {
  const client = useQueryClient()
  const { drafts } = useChat()
  return useCallback(
    (selectedMessageId: string) => {
      if (conversationId === null) return
      updateConversation(conversationId, { selectedMessageId })
        .then((branch) => readUpTo(selectedMessageId, branch))
        .then((branch) =>
          client.setQueryData(conversationQuery(conversationId).queryKey, (loaded) =>
            joinPages(loaded, branch),
          ),
        )
        .catch((error: Error) => drafts.fail(conversationId, error.message))
    },
    [client, drafts, conversationId],
  )
}
