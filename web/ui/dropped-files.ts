// Files that are dropped on the page or pasted into it go to the part of the page that takes them. Without
// it the browser would leave the page for a dropped file.
import { use, useEffect } from 'react'
import { ToastContext } from './toast-provider.tsx'
import { t } from '#shared/translate.ts'

type Receive = (files: File[]) => void

const REFUSAL = t`Files are attached to a message. Open a chat first.`

let receiver: Receive | null = null

/** Takes files until the returned function is called. */
export function receiveFiles(receive: Receive): () => void {
  receiver = receive
  return () => {
    if (receiver === receive) receiver = null
  }
}

export function useDroppedFiles(): void {
  const toasts = use(ToastContext)
  useEffect(() => {
    const page = new AbortController()
    const take = (event: DragEvent | ClipboardEvent, data: DataTransfer | null) => {
      // A part of the page may have handled the event. Pasted text may come with a file.
      if (event.defaultPrevented || !data?.types.includes('Files')) return
      if (event.type === 'paste' && data.types.some((type) => type.startsWith('text/'))) return
      event.preventDefault()
      if (event.type.startsWith('drag')) return
      if (receiver !== null && document.querySelector('dialog[open]') === null) {
        return receiver([...data.files])
      }
      void toasts?.load().then(({ board }) => board.show({ text: REFUSAL }))
    }
    const listen = { signal: page.signal }
    // An element that has just appeared below the pointer gets no dragover before the drop.
    for (const type of ['dragenter', 'dragover', 'drop'] as const) {
      addEventListener(type, (event) => take(event, event.dataTransfer), listen)
    }
    addEventListener('paste', (event) => take(event, event.clipboardData), listen)
    return () => page.abort()
  }, [toasts])
}
