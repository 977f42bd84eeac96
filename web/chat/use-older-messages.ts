import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Conversation } from '#shared/api.ts'
import { prependPage } from '../api/conversation-pages.ts'
import { conversationQuery } from '../api/queries.ts'
import { readNewestMessages, readOlderMessages } from '../api/runs.ts'

/** More than this is not kept on the page once the reader is back at the end. */
const MOST_LOADED = 400

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

  const unloadFarAbove = useCallback(() => {
    if (id === null || loaded <= MOST_LOADED) return
    void readNewestMessages(id).then((newest) =>
      client.setQueryData(conversationQuery(id).queryKey, newest),
    )
  }, [client, id, loaded])

  return { loadOlder: cursor === null ? null : loadOlder, unloadFarAbove }
}
