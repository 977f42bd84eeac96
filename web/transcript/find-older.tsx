import { useEffect, useEffectEvent } from 'react'
import { useToast } from '../ui/toast.tsx'
import { t } from '#shared/translate.ts'

const MAX_PAGES = 10

/** Before the browser's search opens, loads the older messages that it would not find. Shows nothing itself. */
export function FindOlder({ load }: { load: () => Promise<void> }) {
  const showToast = useToast()
  const loadNext = useEffectEvent(() => load())
  const sayRest = useEffectEvent(() =>
    showToast({
      text: t`The browser’s search finds the newest messages. Search in the sidebar finds all of them.`,
    }),
  )
  useEffect(() => {
    const gone = new AbortController()
    const { signal } = gone
    let isLoading = false
    const loadAll = async () => {
      for (let page = 0; page < MAX_PAGES && !signal.aborted; page += 1) {
        await loadNext()
        // The page is drawn, and says whether there is another.
        await new Promise((resolve) => setTimeout(resolve))
      }
      if (!signal.aborted) sayRest()
    }
    const onKeyDown = ({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent) => {
      const isFind = (ctrlKey || metaKey) && !altKey && !shiftKey && key.toLowerCase() === 'f'
      if (!isFind || isLoading) return
      isLoading = true
      loadAll()
        .catch(sayRest)
        .finally(() => {
          isLoading = false
        })
    }
    addEventListener('keydown', onKeyDown, { signal })
    return () => gone.abort()
  }, [])
  return null
}
