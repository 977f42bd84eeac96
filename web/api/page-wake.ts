// When a page that waits should stop waiting: it is shown again, the network is back, or it
// returns from the back-forward cache. A hidden page waits as long as it is hidden.

export function isHidden(): boolean {
  return document.visibilityState === 'hidden'
}

/** Calls back on every wake-up until the returned function is called. */
export function onWake(callback: (reason: 'shown' | 'online') => void): () => void {
  const shown = () => {
    if (!isHidden()) callback('shown')
  }
  const online = () => callback('online')
  document.addEventListener('visibilitychange', shown)
  window.addEventListener('pageshow', shown)
  window.addEventListener('online', online)
  return () => {
    document.removeEventListener('visibilitychange', shown)
    window.removeEventListener('pageshow', shown)
    window.removeEventListener('online', online)
  }
}

/** Resolves after `ms` of a visible page, at once on a wake-up, and when the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer)
      stopListening()
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const timer = setTimeout(() => {
      if (!isHidden()) finish()
    }, ms)
    const stopListening = onWake(finish)
    signal.addEventListener('abort', finish)
  })
}
