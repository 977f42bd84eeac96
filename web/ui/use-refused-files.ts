import { use, useEffect } from 'react'
import { ToastContext } from './toast-provider.tsx'

const REFUSAL = 'Files and images cannot be attached yet. Paste their text instead.'

/** Shows that files cannot be attached. Without it the browser would navigate to a dropped file. */
export function useRefusedFiles(): void {
  const toasts = use(ToastContext)
  useEffect(() => {
    const page = new AbortController()
    const refuse = (event: DragEvent | ClipboardEvent, data: DataTransfer | null) => {
      // A part of the page may have handled the event. Pasted text may come with a file.
      if (event.defaultPrevented || !data?.types.includes('Files')) return
      if (event.type === 'paste' && data.types.some((type) => type.startsWith('text/'))) return
      event.preventDefault()
      if (event.type === 'dragover') return
      void toasts?.load().then(({ board }) => board.show({ text: REFUSAL }))
    }
    const listen = { signal: page.signal }
    addEventListener('dragover', (event) => refuse(event, event.dataTransfer), listen)
    addEventListener('drop', (event) => refuse(event, event.dataTransfer), listen)
    addEventListener('paste', (event) => refuse(event, event.clipboardData), listen)
    return () => page.abort()
  }, [toasts])
}
