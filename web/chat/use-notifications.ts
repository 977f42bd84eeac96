// Tells a user who looks elsewhere that an answer is ready or waits. One tab does it, and only while no
// tab of Tally is visible.
import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef } from 'react'
import type { ConversationSummary } from '#shared/conversation.ts'
import { contend } from '../api/leadership.ts'
import { isHidden } from '../api/page-wake.ts'
import { latestConversationsQuery } from '../api/queries.ts'
import { runStatus } from '../api/runs.ts'
import type { OpenWait } from '../api/waits.ts'
import { notifications } from '../ui/notifications.ts'
import { useStore } from '../ui/store.ts'
import { showNotification } from './show-notification.ts'
import { t } from '#shared/translate.ts'

const EVERY_MS = 3_000
const VISIBLE = 'tally-visible'

interface News {
  /** A notification replaces an earlier one about the same thing. */
  tag: string
  conversationId: string
  conversationTitle: string
  brief: string
  /** A text of the conversation. */
  quote?: string | undefined
}

/** Whether this tab speaks for all. */
let leads = false

export function useNotifications(waits: OpenWait[] | null): void {
  const isOn = useStore(notifications, notifications.isOn)
  useEffect(() => {
    if (!isOn) return
    const giveUp = contend('tally-notifications', () => {
      leads = true
      return () => {
        leads = false
      }
    })
    const noLongerVisible = claimVisible()
    return () => {
      giveUp()
      noLongerVisible()
    }
  }, [isOn])
  useFreshWaits(waits)
  useFinished(isOn)
}

/** What waited when the page was opened is no news. */
function useFreshWaits(waits: OpenWait[] | null): void {
  const known = useRef<Set<string> | null>(null)
  const onWaits = useEffectEvent((now: OpenWait[]) => {
    const fresh = now.filter(({ waitId }) => known.current?.has(waitId) === false)
    known.current = new Set(now.map(({ waitId }) => waitId))
    for (const { waitId: tag, conversationId, conversationTitle, question, label } of fresh) {
      const brief = t`An answer waits for your decision.`
      const quote = question ?? (label && `${label}?`)
      void tell({ tag, conversationId, conversationTitle, brief, quote })
    }
  })
  useEffect(() => {
    if (waits !== null) onWaits(waits)
  }, [waits])
}

/** A queue that goes on is not finished. */
function useFinished(isOn: boolean): void {
  const { data } = useQuery({
    ...latestConversationsQuery(),
    enabled: isOn,
    refetchInterval: ({ state }) => state.data?.items.some(isActive) === true && EVERY_MS,
    refetchIntervalInBackground: true,
    retry: false,
  })
  const running = useRef(new Map<string, string>())
  const onLatest = useEffectEvent((latest: ConversationSummary[]) => {
    const before = running.current
    running.current = new Map(
      latest.flatMap(({ id, activeRunId }) => (activeRunId ? [[id, activeRunId]] : [])),
    )
    for (const { id: conversationId, title: conversationTitle, activeRunId } of latest) {
      const ended = before.get(conversationId)
      if (ended === undefined || activeRunId !== null) continue
      void tellEnded(ended, { conversationId, conversationTitle })
    }
  })
  useEffect(() => {
    if (data !== undefined) onLatest(data.items)
  }, [data])
}

function isActive({ activeRunId }: ConversationSummary): boolean {
  return activeRunId !== null
}

type About = Pick<News, 'conversationId' | 'conversationTitle'>

async function tellEnded(runId: string, about: About): Promise<void> {
  if (!(await mayTell())) return
  const status = await runStatus(runId).catch(() => null)
  const brief = status === 'completed' ? t`An answer is ready.` : t`An answer did not complete.`
  if (status !== null) await tell({ ...about, tag: runId, brief })
}

async function tell({ tag, conversationId, conversationTitle, brief, quote }: News): Promise<void> {
  if (!(await mayTell())) return
  const isFull = notifications.choice() === 'full'
  const title = isFull ? conversationTitle : 'Tally'
  const body = isFull ? (quote ?? brief) : brief
  await showNotification({ title, body, tag, path: `/c/${conversationId}` })
}

async function mayTell(): Promise<boolean> {
  if (!leads || !isHidden() || !notifications.isOn()) return false
  const { held = [] } = await navigator.locks.query()
  return !held.some(({ name }) => name === VISIBLE)
}

/** Visible tabs share a lock. Where there are no locks there are no notifications. */
function claimVisible(): () => void {
  let release: (() => void) | null = null
  const onChange = () => {
    release?.()
    release = null
    if (isHidden()) return
    const { promise, resolve } = Promise.withResolvers<void>()
    release = resolve
    navigator.locks.request(VISIBLE, { mode: 'shared' }, () => promise).catch(() => undefined)
  }
  onChange()
  document.addEventListener('visibilitychange', onChange)
  return () => {
    document.removeEventListener('visibilitychange', onChange)
    release?.()
  }
}
