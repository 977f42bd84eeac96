// Reads messages that are not loaded: older ones, and those of another branch.
import type { QueryClient } from '@tanstack/react-query'
import type { Conversation } from '#shared/api.ts'
import { prependPage } from '../api/conversation-pages.ts'
import { readNewestMessages, readOlderMessages, updateConversation } from '../api/conversations.ts'
import { conversationQuery, joinPages } from '../api/queries.ts'

export async function loadOlder(client: QueryClient, id: string, cursor: string): Promise<void> {
  const older = await readOlderMessages(id, cursor)
  client.setQueryData(
    conversationQuery(id).queryKey,
    (current) => current && prependPage(current, older, cursor),
  )
}

export async function keepNewest(client: QueryClient, id: string): Promise<void> {
  client.setQueryData(conversationQuery(id).queryKey, await readNewestMessages(id))
}

interface BranchSelection {
  /** Of the conversation. */
  id: string
  messageId: string
  /** At most this many messages before it are read. */
  max: number
  /** The reader has not asked for another one since. */
  isWanted: () => boolean
}

/** Selects the branch that goes through a message. */
export async function selectBranch(
  client: QueryClient,
  { id, messageId, max, isWanted }: BranchSelection,
): Promise<void> {
  let branch = await updateConversation(id, { selectedMessageId: messageId })
  while (!branch.messages.some((message) => message.id === messageId)) {
    const { previousCursor, messages } = branch
    if (previousCursor === null || messages.length >= max) break
    branch = prependPage(branch, await readOlderMessages(id, previousCursor), previousCursor)
  }
  const read: Conversation = branch
  if (isWanted())
    client.setQueryData(conversationQuery(id).queryKey, (loaded) => joinPages(loaded, read))
}
