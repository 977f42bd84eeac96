// Searches while the user types: after a short pause, and only for what was typed last.
import { useEffect, useRef, useState } from 'react'
import type { SearchHit, SearchPage } from '#shared/search.ts'
import { searchMessages } from '../api/search.ts'

const PAUSE_MS = 150

interface Answer {
  text: string
  attempt: number
  found: SearchPage | null
  error: Error | null
}

export interface Search {
  /** What was found, for an earlier text while the next answer is awaited. Null: nothing yet. */
  items: SearchHit[] | null
  hasMore: boolean
  loading: boolean
  error: Error | null
  retry: () => void
  loadMore: () => void
}

export function useSearch(text: string): Search {
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [attempt, setAttempt] = useState(0)
  const [loadingMore, setLoadingMore] = useState(false)
  const more = useRef<AbortController | null>(null)

  useEffect(() => {
    if (text.trim() === '') return
    const controller = new AbortController()
    const { signal } = controller
    const timer = setTimeout(() => {
      searchMessages(text, null, signal)
        .then((found) => setAnswer({ text, attempt, found, error: null }))
        .catch((error: Error) => {
          if (!signal.aborted) setAnswer({ text, attempt, found: null, error })
        })
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      controller.abort()
      more.current?.abort()
    }
  }, [text, attempt])

  const found = answer?.found ?? null
  const loadMore = () => {
    if (found === null || found.nextCursor === null || loadingMore) return
    const { signal } = (more.current = new AbortController())
    setLoadingMore(true)
    searchMessages(text, found.nextCursor, signal)
      .then(({ items, nextCursor }) => ({ items: [...found.items, ...items], nextCursor }))
      .then((all) => setAnswer({ text, attempt, found: all, error: null }))
      .catch((error: Error) => {
        if (!signal.aborted) setAnswer({ text, attempt, found, error })
      })
      .finally(() => setLoadingMore(false))
  }
  const isCurrent = answer?.text === text && answer.attempt === attempt
  return {
    items: found?.items ?? null,
    hasMore: found !== null && found.nextCursor !== null,
    loading: !isCurrent || loadingMore,
    error: isCurrent ? answer.error : null,
    retry: () => setAttempt(attempt + 1),
    loadMore,
  }
}
