import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { QueuedMessage } from '#shared/queue.ts'
import { queueQuery } from '../api/queue.ts'
import { lazyPart, Nothing } from '../ui/lazy-part.tsx'
import { useStore } from '../ui/store.ts'
import { useChat } from './chat-context.ts'
import type { Submission } from './outbox.ts'
import { plural, t } from '#shared/translate.ts'

const QueueList = lazyPart(() => import('./queue-list.tsx'), 'QueueList', { failed: Nothing })

const EVERY_MS = 2_000
/** The next message is about to be sent. */
const SOON_MS = 300

interface ChatPageQueueProps {
  conversationId: string
  running: boolean
}

/** What waits for the end of the answer. Other tabs and clients change it too. */
export function ChatPageQueue({ conversationId, running }: ChatPageQueueProps) {
  const client = useQueryClient()
  const { sessions } = useChat()
  const sender = sessions.loaded()?.at(conversationId).queue
  const unsent = useStore(sender, () => sender?.unsent() ?? NOTHING)
  const { data, refetch } = useQuery({
    ...queueQuery(conversationId),
    refetchInterval: ({ state: { data: queue } }) => {
      const isIdle = (queue?.items.length ?? 0) === 0
      if (isIdle) return running && EVERY_MS
      return running || queue?.held !== null ? EVERY_MS : SOON_MS
    },
    retry: false,
  })
  const items = data?.items ?? NOTHING
  const ids = items.map(({ id }) => id).join()
  const known = useRef(ids)
  useEffect(() => {
    const left = known.current.split(',').filter((id) => id !== '' && !ids.includes(id))
    known.current = ids
    // It was sent, here or elsewhere.
    if (left.length > 0)
      void client.invalidateQueries({ queryKey: ['conversation', conversationId] })
  }, [client, conversationId, ids])
  useEffect(() => {
    if (!running) void refetch()
  }, [refetch, running])

  const count = items.length + unsent.length
  return (
    <>
      <output aria-label={t`Queue`} className="sr-only">
        {announcement(items, count)}
      </output>
      {count > 0 && (
        <QueueList
          conversationId={conversationId}
          items={items}
          unsent={unsent}
          held={running && data?.held !== 'waiting' ? null : (data?.held ?? null)}
        />
      )}
    </>
  )
}

function announcement(items: QueuedMessage[], count: number): string {
  const steers = items.filter((item) => item.steers).length
  const queued = count - steers
  return [
    ...(steers > 0 ? [t`The agent is told before its next step`] : []),
    ...(queued > 0
      ? [plural(queued, { one: t`1 message queued`, other: t`${queued} messages queued` })]
      : []),
  ].join('. ')
}

const NOTHING: never[] & Submission[] = []
