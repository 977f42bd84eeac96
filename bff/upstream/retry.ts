// Decides when a request that failed before its first event is retried: with exponential backoff and jitter, or when
// the provider says, up to a maximum. This is the only retry layer; the client and the SDK have none.
import type { ProviderError } from './provider-error.ts'
import { t } from '#shared/translate.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { type Endpoint, sendRequest } from './send-request.ts'

export const FIRST_RETRY_MS = 500
const MAX_BACKOFF_MS = 8_000
/** A provider that asks for a longer pause gets no further request; the user is told when. */
export const MAX_RETRY_AFTER_MS = 60_000

/** Returns null if there is no further attempt. `attempt` counts the attempts made. */
export function retryDelayMs(
  fault: ProviderError,
  attempt: number,
  options: { maxRetries: number; firstMs: number },
): number | null {
  if (!fault.transient || attempt > options.maxRetries) return null
  if (fault.retryAfterMs !== null) {
    // Never earlier than asked.
    return fault.retryAfterMs > MAX_RETRY_AFTER_MS ? null : fault.retryAfterMs
  }
  const jitter = 0.75 + Math.random() / 2
  return Math.round(Math.min(options.firstMs * 2 ** (attempt - 1), MAX_BACKOFF_MS) * jitter)
}

/** `retry-after-ms`, or `retry-after` as seconds or as a date. */
export function retryAfterMs(headers: Headers | undefined, now = Date.now()): number | null {
  const millis = headers?.get('retry-after-ms')
  if (isNumber(millis)) return Math.max(0, Math.ceil(Number(millis)))
  const after = headers?.get('retry-after')
  if (after === null || after === undefined) return null
  if (isNumber(after)) return Math.max(0, Math.ceil(Number(after) * 1000))
  const date = Date.parse(after)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}

function isNumber(text: string | null | undefined): text is string {
  return text !== null && text !== undefined && /^\d+(\.\d+)?$/.test(text.trim())
}

/** When to come back, in words. */
export function formatWait(waitMs: number, now = Date.now()): string {
  const seconds = Math.ceil(waitMs / 1000)
  if (seconds <= 1) return t`It asks to wait one second.`
  if (seconds < 90) return t`It asks to wait ${seconds} seconds.`
  const minutes = Math.ceil(seconds / 60)
  const time = new Date(now + waitMs).toISOString().slice(11, 16)
  const length = minutes < 90 ? t`${minutes} minutes` : t`${Math.ceil(minutes / 60)} hours`
  return t`It asks to wait ${length}, until ${time} UTC.`
}

const TIMEOUT_MS = 5_000

/**
 * Waits while a server loads its model. llama.cpp tells on its health page, which asks nothing of a model;
 * a server without that page is asked again after a while. Never rejects.
 */
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
