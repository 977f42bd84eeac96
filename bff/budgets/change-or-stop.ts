/** Resolves when `change` resolves or `stop` aborts. */
export async function changeOrStop(change: Promise<void>, stop: AbortSignal): Promise<void> {
  const { promise: stopped, resolve } = Promise.withResolvers<void>()
  const onStop = () => resolve()
  stop.addEventListener('abort', onStop)
  if (stop.aborted) resolve()
  await Promise.race([change, stopped])
  stop.removeEventListener('abort', onStop)
}
