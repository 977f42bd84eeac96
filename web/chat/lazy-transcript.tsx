import { useEffect, useState } from 'react'
import { useParameter } from '../router.tsx'
import { lazyPart, Nothing } from '../ui/lazy-part.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { t } from '#shared/translate.ts'

/** Messages and all that draws them. A new chat is there without it. */
export const ConversationThread = lazyPart(
  () => import('./conversation-thread.tsx'),
  'ConversationThread',
  { fallback: ThreadSkeleton, onFirstPage: true },
)
export const ConversationStatus = lazyPart(
  () => import('./conversation-status.tsx'),
  'ConversationStatus',
  {
    fallback: StatusSpace,
    failed: Nothing,
    onFirstPage: true,
  },
)

/** As wide as most figures, so that a long title stays as it is when they come. */
export function StatusSpace() {
  return <div className="w-68 shrink-0 max-md:w-33 max-sm:w-19" />
}

/** A failure is shown, and the load tried again, where the transcript is drawn. */
export async function preloadTranscript(): Promise<void> {
  await ConversationThread.preload().catch(() => undefined)
}

/** Whether messages can be drawn as they will stay, so that the page need not draw them twice. */
export function useTranscriptLoaded(needed: boolean): boolean {
  const [loaded, setLoaded] = useState(() => !needed || ConversationThread.isLoaded())
  useEffect(() => {
    if (!loaded) void preloadTranscript().then(() => setLoaded(true))
  }, [loaded])
  return loaded
}

/** Comes in late and softly: most conversations are here before it would be seen. */
export function ThreadSkeleton() {
  return (
    <output className="mx-auto flex w-full max-w-3xl flex-1 flex-col gap-3 px-4 py-6 opacity-100 transition-opacity delay-200 duration-300 sm:px-6 starting:opacity-0">
      <span className="sr-only">{t`Loading the conversation`}</span>
      <Skeleton className="mb-4 ml-auto h-12 w-1/2 rounded-2xl" />
      <Skeleton className="h-4 w-5/6" />
      <Skeleton className="h-4 w-full" />
      <Skeleton className="h-4 w-3/4" />
    </output>
  )
}

const Welcome = lazyPart(() => import('./welcome.tsx'), 'Welcome', {
  failed: Nothing,
  onFirstPage: true,
})
const TemporaryWelcome = lazyPart(() => import('./temporary-welcome.tsx'), 'TemporaryWelcome', {
  failed: Nothing,
})
// A new chat begins with it; a conversation does without it.
if (location.pathname === '/') void Welcome.preload().catch(() => {})

/** In the place of the transcript until the first message. */
export function EmptyThread({ onAsk }: { onAsk: (text: string, agent: string) => void }) {
  const isTemporary = useParameter('temporary') !== null
  return (
    <div
      role="log"
      aria-label={t`Conversation`}
      aria-live="off"
      className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto overscroll-contain outline-offset-[-2px]"
    >
      <div className="mx-auto flex min-h-full max-w-3xl flex-col px-4 py-6 sm:px-6">
        {isTemporary ? <TemporaryWelcome /> : <Welcome onAsk={onAsk} />}
      </div>
    </div>
  )
}
