import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { readConversations } from '../api/queries.ts'
import { Button } from '../ui/button.tsx'
import { appendPage } from './listed-conversations.ts'

type State = 'waiting' | 'busy' | 'failed'

/** Loads the page at `cursor` when scrolled into view or clicked. */
export function LoadMore({ cursor }: { cursor: string }) {
  const client = useQueryClient()
  const ref = useRef<HTMLButtonElement>(null)
  const [state, setState] = useState<State>('waiting')
  const load = useCallback(() => {
    setState('busy')
    readConversations(cursor).then(
      (page) => appendPage(client, cursor, page),
      () => setState('failed'),
    )
  }, [client, cursor])

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
      {busy ? 'Loading older conversations' : 'Show older conversations'}
    </Button>
  )
}
