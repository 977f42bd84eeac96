// Shutdown: the first signal ends the process cleanly, a second one at once.
import type { Server } from 'node:http'

/** A terminal and a parent process may both deliver the same signal. */
const SAME_SIGNAL_MS = 200
/** How long runs and clients get before connections are cut. */
const GRACE_MS = 3500
/** The process exits then, whatever still hangs. The next start recovers. */
const LAST_MS = 4700

/** Calls `end` at the first signal, and exits at the second. */
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
 * Accepts no new connections, lets `finish` end running work, and resolves when all connections are
 * closed. Without the deadline, one open stream would keep the process alive forever.
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
