// Waits while a server loads its model. llama.cpp says on a page of its own when that is done, and a
// question there is none to a model; a server without such a page is asked again after a while.
import { setTimeout as delay } from 'node:timers/promises'
import { type Endpoint, sendRequest } from './send-request.ts'

const TIMEOUT_MS = 5_000

/** Resolves when the model can be asked again, also where nobody can tell. Never rejects. */
export async function modelLoaded(
  endpoint: Endpoint,
  everyMs: number,
  stop: AbortSignal,
): Promise<void> {
  do await delay(everyMs, undefined, { signal: stop }).catch(() => {})
  while (!stop.aborted && (await isLoading(endpoint, stop)))
}

async function isLoading(endpoint: Endpoint, stop: AbortSignal): Promise<boolean> {
  try {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(TIMEOUT_MS)])
    const response = await sendRequest(endpoint, { path: '/health', signal })
    await response.body?.cancel()
    return response.status === 503
  } catch {
    return false
  }
}
