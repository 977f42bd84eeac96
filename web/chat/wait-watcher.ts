// Notices what waits for the user in any conversation: marks it in the sidebar and in the title of the
// tab, and tells the user where notifications are allowed. Asks only while something runs or waits.
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { latestConversationsQuery } from '../api/queries.ts'
import { type OpenWait, waitsQuery } from '../api/waits.ts'
import { navigate } from '../router.tsx'
import { waitingConversations } from '../ui/waiting-conversations.ts'
import { useTitleMark } from './use-title-mark.ts'

const EVERY_MS = 3_000

/** Shows nothing itself. */
export function WaitWatcher() {
  const latest = useQuery({ ...latestConversationsQuery(), enabled: false })
  const active = (latest.data?.items ?? []).flatMap(({ activeRunId }) => activeRunId ?? []).join()
  const { data, refetch } = useQuery({
    ...waitsQuery(),
    refetchInterval: ({ state }) =>
      active !== '' || (state.data?.items.length ?? 0) > 0 ? EVERY_MS : false,
    // A hidden tab is where the user has to be told.
    refetchIntervalInBackground: true,
    retry: false,
  })
  useEffect(() => {
    if (active !== '') void refetch()
  }, [active, refetch])
  useEffect(() => {
    waitingConversations.set((data?.items ?? []).map(({ conversationId }) => conversationId))
  }, [data])
  useTitleMark(data?.items.length ?? 0)
  useNotifications(data?.items ?? null)
  return null
}

/** What waited when the page was opened is no news. */
function useNotifications(waits: OpenWait[] | null): void {
  const known = useRef<Set<string> | null>(null)
  useEffect(() => {
    if (waits === null) return
    const fresh = waits.filter(({ waitId }) => known.current?.has(waitId) === false)
    known.current = new Set(waits.map(({ waitId }) => waitId))
    const isAllowed = 'Notification' in globalThis && Notification.permission === 'granted'
    if (isAllowed && document.hidden) fresh.forEach(tell)
  }, [waits])
}

function tell({ waitId, conversationId, conversationTitle, question }: OpenWait): void {
  const body = question ?? 'Tally waits for your decision.'
  const notification = new Notification(conversationTitle, { body, tag: waitId })
  notification.addEventListener('click', () => {
    window.focus()
    navigate(`/c/${conversationId}`)
    notification.close()
  })
}
