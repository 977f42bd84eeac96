import { type RefObject, useEffect, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { lazyPart, Nothing } from '../ui/lazy-part.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { ScrollAnchoring } from './scroll-anchor.tsx'
import { t } from '#shared/translate.ts'

const FindOlder = lazyPart(() => import('./find-older.tsx'), 'FindOlder', { failed: Nothing })

interface OlderMessagesProps {
  content: RefObject<HTMLElement | null>
  /** Of the first message that is here. */
  firstKey: string | undefined
  /** Null if there are no older messages. */
  onReached: (() => Promise<void>) | null
}

/** Asks for the page above before the reader reaches its place. */
export function OlderMessages({ content, firstKey, onReached }: OlderMessagesProps) {
  const mark = useRef<HTMLDivElement>(null)
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    const element = mark.current
    if (element === null || onReached === null || failed) return
    const root = element.closest('[role=log]')
    const near = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) onReached().catch(() => setFailed(true))
      },
      { root, rootMargin: '800px 0px 0px' },
    )
    near.observe(element)
    return () => near.disconnect()
  }, [onReached, failed])

  return (
    <>
      <ScrollAnchoring content={content} firstKey={firstKey} />
      {onReached !== null && <FindOlder load={onReached} />}
      {onReached !== null && (
        <div ref={mark} className="flex h-12 shrink-0 items-center justify-center text-muted">
          {failed ? (
            <Button onClick={() => setFailed(false)}>{t`Load older messages`}</Button>
          ) : (
            <Spinner label={t`Loading older messages`} />
          )}
        </div>
      )}
    </>
  )
}
