// One answer while it is read: in front of the person who asked and, when they stop it and want it
// counted, on in the background, where nobody sees what comes.
import type { AnswerReader } from './answer-reader.ts'
import type { IdleWatchdog } from './idle-watchdog.ts'
import type { Counting } from './agent-run.ts'

interface Ends {
  /** The run ends here. */
  stop: AbortSignal
  /** The SDK's own signal, which follows `stop`. */
  asked: AbortSignal | undefined
  watchdog: IdleWatchdog
  counting: Counting | undefined
}

/** The error that ended it; undefined if there was none. */
export interface Over {
  thrown: unknown
}

export interface ReadAnswer {
  /** Null while it is being read. */
  over: Over | null
  rest: Promise<Over>
}

export async function readAnswer(
  read: (signal: AbortSignal) => Promise<void>,
  reader: AnswerReader,
  { stop, asked, watchdog, counting }: Ends,
): Promise<ReadAnswer> {
  const socket = new AbortController()
  const left = Promise.withResolvers<null>()
  const onStop = () => {
    if (counting?.wanted() !== true) return socket.abort()
    reader.leave()
    left.resolve(null)
  }
  const onAsked = () => {
    if (!stop.aborted) socket.abort()
  }
  stop.addEventListener('abort', onStop)
  asked?.addEventListener('abort', onAsked)
  const signals = [watchdog.signal, socket.signal, ...(counting ? [counting.cut] : [])]
  const rest = read(AbortSignal.any(signals))
    .then(() => ({ thrown: undefined }))
    .catch((thrown: unknown) => ({ thrown }))
    .finally(() => {
      watchdog.stop()
      stop.removeEventListener('abort', onStop)
      asked?.removeEventListener('abort', onAsked)
    })
  return { over: await Promise.race([rest, left.promise]), rest }
}
