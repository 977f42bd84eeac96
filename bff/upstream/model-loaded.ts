// Waits while a server loads its model. llama.cpp says on a page of its own when that is done, and a
// question there is none to a model; whoever has no such page is asked again after a while.
import { setTimeout as delay } from 'node:timers/promises'
import { readBaseUrl } from './base-url.ts'
import type { ModelTarget } from './types.ts'
import { upstreamFetch } from './upstream-fetch.ts'

const TIMEOUT_MS = 5_000

/** Resolves when the model can be asked again, also where nobody can tell. Never rejects. */
export async function modelLoaded(
  { baseUrl, headers }: Pick<ModelTarget, 'baseUrl' | 'headers'>,
  everyMs: number,
  stop: AbortSignal,
): Promise<void> {
  const base = readBaseUrl(baseUrl ?? '')
  do await delay(everyMs, undefined, { signal: stop }).catch(() => {})
  while (!stop.aborted && (await isLoading(`${base.address}/health`)))

  async function isLoading(url: string): Promise<boolean> {
    try {
      const signal = AbortSignal.any([stop, AbortSignal.timeout(TIMEOUT_MS)])
      const response = await upstreamFetch(url, {
        headers: { ...base.headers, ...headers },
        signal,
      })
      await response.body?.cancel()
      return response.status === 503
    } catch {
      return false
    }
  }
}
