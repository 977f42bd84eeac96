// Notices what waits for the user in any conversation: marks it in the sidebar and in the title of the
// tab, and tells the user where that is wanted. Asks only while something runs or waits.
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { latestConversationsQuery } from '../api/queries.ts'
import { waitsQuery } from '../api/waits.ts'
import { waitingConversations } from '../ui/waiting-conversations.ts'
import { useNotificationOffer } from './use-notification-offer.ts'
import { useNotifications } from './use-notifications.ts'

const EVERY_MS = 3_000

/** Shows nothing itself. */
export function WaitWatcher() {
  const latest = useQuery({ ...latestConversationsQuery(), enabled: false })
  const active = (latest.data?.items ?? []).flatMap(({ activeRunId }) => activeRunId ?? []).join()
  const { data, refetch } = useQuery({
    ...waitsQuery(),
    refetchInterval: ({ state }) =>
      active !== '' || (state.data?.items.length ?? 0) > 0 ? EVERY_MS : false,
    // Notifications are for a tab that is hidden.
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
  useNotificationOffer(active !== '')
  return null
}

/** Puts a number in front of the title of the tab, whatever the page sets it to. */
function useTitleMark(count: number): void {
  useEffect(() => {
    if (count === 0) return
    const mark = `(${count}) `
    let marked = ''
    const apply = () => {
      if (document.title === marked) return
      marked = mark + document.title
      document.title = marked
    }
    apply()
    const observer = new MutationObserver(apply)
    observer.observe(document.head, { childList: true, subtree: true, characterData: true })
    return () => {
      observer.disconnect()
      if (document.title === marked) document.title = marked.slice(mark.length)
    }
  }, [count])
}
