import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { Conversation } from '#shared/api.ts'
import { type FoldedRun, NOTHING_FOLDED } from '#shared/fold-run.ts'
import { useChat } from './chat-context.tsx'
import type { LiveRun } from './live-run.ts'
import type { Sending } from './sendings.ts'
import { isStored, threadRows } from './thread-rows.ts'
import type { ThreadRow } from '../transcript/thread-row.ts'

export interface Thread {
  rows: ThreadRow[]
  sending: Sending | null
  /** The run under way, or the last one while the conversation is being read again. */
  live: LiveRun | null
  /** The id of the run that Stop stops; null while there is none or it has not been taken yet. */
  runId: string | null
  running: boolean
}

/** The thread at a place, following its run while it is on the screen. */
export function useThread(place: string, conversation: Conversation | null): Thread {
  const { feeds, sendings } = useChat()
  const sent = useSyncExternalStore(sendings.subscribe, () => sendings.get(place))
  const stored = sent !== null && isStored(conversation, sent)
  const sending = stored ? null : sent
  const activeRunId = conversation?.activeRunId ?? null
  const feed =
    sending?.feed ??
    (activeRunId === null ? null : feeds.get(activeRunId, foldedSoFar(conversation, activeRunId)))

  useEffect(() => feed?.watch(), [feed])
  useEffect(() => {
    if (stored) sendings.forget(place)
  }, [stored, sendings, place])

  const live = feed?.live ?? null
  const rows = useMemo(
    () => threadRows({ conversation, sending, active: live, originOf: sendings.originOf }),
    [conversation, sending, live, sendings],
  )
  const ended = useSyncExternalStore(
    live?.subscribe ?? subscribeToNothing,
    () => live?.ended ?? true,
  )
  return { rows, sending, live, runId: sending?.runId ?? activeRunId, running: !ended }
}

/** What the server has folded of a run under way, so that only the rest must be read. */
function foldedSoFar(conversation: Conversation | null, runId: string): FoldedRun {
  const stored = conversation?.messages.find((message) => message.runId === runId)
  if (stored?.lastSeq === undefined || stored.lastSeq === 0) return NOTHING_FOLDED
  const { lastSeq, siblingIds: _, ...message } = stored
  return { seq: lastSeq, message }
}

function subscribeToNothing(): () => void {
  return () => undefined
}
