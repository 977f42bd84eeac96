// The end of the process: one signal ends it cleanly, a second one at once.
import type { Server } from 'node:http'

/** A terminal and a parent process may both deliver the same signal. */
const SAME_SIGNAL_MS = 200
/** Runs and readers get this long; then connections are cut, so that the process can end. */
const GRACE_MS = 3500
/** Whatever still hangs then is left to the next start, which expects nothing. */
const LAST_MS = 4700

/** Calls `end` at the first signal, and exits at once at the next. */
export function onSignal(end: () => Promise<void>, onError: (error: unknown) => void): void {
  let first: number | null = null
  const receive = () => {
    if (first === null) {
      first = performance.now()
      setTimeout(() => process.exit(), LAST_MS)
      void end()
        .catch((error: unknown) => {
          onError(error)
          process.exitCode = 1
        })
        .finally(() => process.exit())
    } else if (performance.now() - first > SAME_SIGNAL_MS) {
      process.exit(1)
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, receive)
}

/**
 * Takes no new connection, lets `finish` end what is under way, and returns when every connection
 * is closed. Without the deadline one open stream would keep the process for ever.
 */
export async function closeServer(server: Server, finish: () => Promise<void>): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  const deadline = AbortSignal.timeout(GRACE_MS)
  const late = new Promise<void>((resolve) => {
    deadline.addEventListener('abort', () => resolve())
  })
  await Promise.race([finish(), late])
  server.closeIdleConnections()
  await Promise.race([closed, late])
  server.closeAllConnections()
}
