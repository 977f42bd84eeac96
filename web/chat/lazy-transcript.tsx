import { useEffect, useState } from 'react'
import { lazyPart } from '../ui/lazy-part.tsx'
import { ThreadSkeleton } from './thread-skeleton.tsx'

/** Messages and all that draws them. A new chat is there without it. */
export const Transcript = lazyPart(() => import('../transcript/transcript.tsx'), 'Transcript', {
  fallback: ThreadSkeleton,
})

/** A failure is shown, and the load tried again, where the transcript is drawn. */
export async function preloadTranscript(): Promise<void> {
  await Transcript.preload().catch(() => undefined)
}

/** Whether messages can be drawn as they will stay, so that the page need not draw them twice. */
export function useTranscriptLoaded(needed: boolean): boolean {
  const [loaded, setLoaded] = useState(() => !needed || Transcript.isLoaded())
  useEffect(() => {
    if (!loaded) void preloadTranscript().then(() => setLoaded(true))
  }, [loaded])
  return loaded
}
