// A native modal dialog: the browser traps focus, makes the rest inert and restores focus. Dialog
// libraries insert <style> elements, which the Content-Security-Policy forbids.
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useLayoutEffect,
  useRef,
} from 'react'
import { ToastRegion } from './toast.tsx'

interface ModalProps {
  labelledBy: string
  onClose: () => void
  className: string
  children: ReactNode
}

/** Open while mounted. Focus starts at the last child with `data-autofocus`, else at the dialog. */
export function Modal({ labelledBy, onClose, className, children }: ModalProps) {
  const ref = useRef<HTMLDialogElement>(null)

  useLayoutEffect(() => {
    const dialog = ref.current
    if (dialog === null) return
    dialog.showModal()
    const start = [...dialog.querySelectorAll<HTMLElement>('[data-autofocus]')].at(-1) ?? dialog
    start.focus()
    return () => dialog.close()
  }, [])

  const closedByBrowser = () => {
    if (ref.current?.open === false) onClose()
  }

  return (
    <dialog
      ref={ref}
      tabIndex={-1}
      aria-labelledby={labelledBy}
      className={`overscroll-contain bg-surface text-ink outline-none backdrop:bg-black/35 ${className}`}
      onClose={closedByBrowser}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onPointerDown={(event: PointerEvent) => {
        if (event.target === event.currentTarget) onClose()
      }}
      onKeyDown={keepEscape}
    >
      {children}
      <ToastRegion />
    </dialog>
  )
}

/** Keeps Escape from reaching the page behind the dialog. */
function keepEscape(event: KeyboardEvent) {
  if (event.key === 'Escape') event.stopPropagation()
}
