import { useEffect, useRef } from 'react'
import { Button } from '../ui/button.tsx'

interface LoadMoreProps {
  busy: boolean
  onMore: () => void
}

/** Loads the next page when it comes into view, or when it is pressed. */
export function LoadMore({ busy, onMore }: LoadMoreProps) {
  const ref = useRef<HTMLButtonElement>(null)
  const more = useRef(onMore)
  useEffect(() => {
    more.current = onMore
  })

  useEffect(() => {
    if (ref.current === null || busy) return
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting === true) more.current()
    })
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [busy])

  return (
    <Button ref={ref} look="quiet" busy={busy} className="w-full" onClick={onMore}>
      {busy ? 'Loading older conversations' : 'Show older conversations'}
    </Button>
  )
}
