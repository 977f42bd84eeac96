import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type ListName, readConversations } from '../api/queries.ts'
import { Button } from '../ui/button.tsx'
import { appendPage } from './listed-conversations.ts'
import { t } from '#shared/translate.ts'

type State = 'waiting' | 'busy' | 'failed'

interface LoadMoreProps {
  list: ListName
  cursor: string
}

/** Loads the page at `cursor` when scrolled into view or clicked. */
export function LoadMore({ list, cursor }: LoadMoreProps) {
  const client = useQueryClient()
  const ref = useRef<HTMLButtonElement>(null)
  const [state, setState] = useState<State>('waiting')
  const load = useCallback(() => {
    setState('busy')
    readConversations(list, cursor).then(
      (page) => appendPage(client, list, cursor, page),
      () => setState('failed'),
    )
  }, [client, list, cursor])

  useEffect(() => {
    if (ref.current === null || state !== 'waiting') return
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting === true) load()
    })
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [state, load])

  const busy = state === 'busy'
  return (
    <Button ref={ref} variant="quiet" busy={busy} className="w-full" onClick={load}>
      {busy ? t`Loading older conversations` : t`Show older conversations`}
    </Button>
  )
}
