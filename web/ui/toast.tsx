import { use, useCallback, useEffect, useId } from 'react'
import { useStore } from './store.ts'
import type { ToastContent } from './toast-board.tsx'
import { ToastContext, TOASTS } from './toast-provider.tsx'

/** Returns a function that shows a short message, with at most one action, for a few seconds. */
export function useToast() {
  const toasts = use(ToastContext)
  return useCallback(
    (content: ToastContent) => void toasts?.load().then(({ board }) => board.show(content)),
    [toasts],
  )
}

/** Shows the toasts while the modal around it is the topmost one. */
export function ToastRegion() {
  const id = useId()
  const toasts = use(ToastContext)
  const part = useStore(toasts, () => toasts?.loaded())
  useEffect(() => {
    if (!part) void toasts?.load()
    return part?.board.addModal(id)
  }, [toasts, part, id])
  return <output className={TOASTS}>{part && <part.Toasts board={part.board} modal={id} />}</output>
}
