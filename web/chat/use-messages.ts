// Which messages of the conversation are on the page: older ones, and those of another branch. What reads
// them loads when they are asked for.
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import type { Conversation } from '#shared/api.ts'
import { useChat } from './chat-context.ts'

/** More than this is not kept on the page once the reader is back at the end. */
const MAX_LOADED = 400

const reading = () => import('./read-messages.ts')

export function useOlderMessages(conversation: Conversation | null) {
  const client = useQueryClient()
  const id = conversation?.id ?? null
  const cursor = conversation?.previousCursor ?? null
  const loaded = conversation?.messages.length ?? 0

  const loadOlder = useCallback(async () => {
    if (id !== null && cursor !== null) await (await reading()).loadOlder(client, id, cursor)
  }, [client, id, cursor])
  const unloadOffscreenAbove = useCallback(() => {
    if (id === null || loaded <= MAX_LOADED) return
    reading()
      .then(({ keepNewest }) => keepNewest(client, id))
      // Then they stay until the reader comes back to the end again.
      .catch(() => undefined)
  }, [client, id, loaded])
  return { loadOlder: cursor === null ? null : loadOlder, unloadOffscreenAbove }
}

/** Shows the branch that goes through a message. The promise settles when it is shown, or cannot be. */
export function useSelectBranch(id: string | null) {
  const client = useQueryClient()
  const { drafts } = useChat()
  const wanted = useRef('')
  const selecting = useRef(Promise.resolve())
  return useCallback(
    (messageId: string) => {
      wanted.current = messageId
      const isWanted = () => wanted.current === messageId
      const select = async (earlier: Promise<void>) => {
        // One after the other, so that the last click is also the last one for the server.
        await earlier
        if (id === null || !isWanted()) return
        try {
          const { selectBranch } = await reading()
          await selectBranch(client, { id, messageId, max: MAX_LOADED, isWanted })
        } catch (error) {
          drafts.fail(id, error instanceof Error ? error.message : String(error))
        }
      }
      selecting.current = select(selecting.current)
      return selecting.current
    },
    [client, drafts, id],
  )
}
