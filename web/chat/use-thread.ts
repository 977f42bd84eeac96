import { useEffect, useMemo } from 'react'
import type { Conversation } from '#shared/api.ts'
import type { ThreadRow } from '../transcript/thread-row.ts'
import { useStore } from '../ui/store.ts'
import { useChat, useTraffic } from './chat-context.tsx'
import { NOT_LOADED } from './failures.ts'
import type { LiveRun } from './live-run.ts'
import type { Sending } from './sendings.ts'
import { isStored, storedRows } from './stored-thread.ts'

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
  const traffic = useTraffic()
  const activeRunId = conversation?.activeRunId ?? null
  useTrafficFor(place, activeRunId)
  const sending = useSending(place, conversation)
  const active = conversation && activeRunId && traffic?.feeds.get(activeRunId, conversation)
  const feed = sending?.feed ?? (active || null)
  useEffect(() => feed?.watch(), [feed])

  const live = feed?.live ?? null
  const rows = useMemo(() => {
    if (traffic === null) return storedRows(conversation)
    const { originOf } = traffic.sendings
    return traffic.threadRows({ conversation, sending, active: live, originOf })
  }, [traffic, conversation, sending, live])
  const ended = useStore(live, () => live?.ended ?? activeRunId === null)
  return { rows, sending, live, runId: sending?.runId ?? activeRunId, running: !ended }
}

/** A run under way needs at once what others get when the page is quiet. */
function useTrafficFor(place: string, activeRunId: string | null): void {
  const { traffic, failures } = useChat()
  useEffect(() => {
    if (activeRunId === null) return
    traffic.load().catch(() => failures.set(place, NOT_LOADED))
  }, [traffic, failures, place, activeRunId])
}

/** What is being sent from a place, until the conversation shows it. */
function useSending(place: string, conversation: Conversation | null): Sending | null {
  const sendings = useTraffic()?.sendings
  const sent = useStore(sendings, () => sendings?.get(place) ?? null)
  const stored = sent !== null && isStored(conversation, sent)
  useEffect(() => {
    if (stored) sendings?.forget(place)
  }, [stored, sendings, place])
  return stored ? null : sent
}
