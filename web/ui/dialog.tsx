import { X } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { IconButton } from './icon-button.tsx'
import { Modal } from './modal.tsx'

interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** Stands beside the close button. */
  actions?: ReactNode
  /** Stays in view below the scrolling content. */
  footer?: ReactNode
  children: ReactNode
}

/** In the middle of a wide screen, at the bottom of a narrow one. */
export function Dialog({ open, onOpenChange, title, actions, footer, children }: DialogProps) {
  const titleId = useId()
  if (!open) return null
  const close = () => onOpenChange(false)
  return (
    <Modal
      labelledBy={titleId}
      onClose={close}
      className="m-auto w-full max-w-2xl rounded-2xl border border-line shadow-float transition duration-150 max-sm:mb-0 max-sm:max-w-none max-sm:rounded-b-none starting:translate-y-2 starting:opacity-0"
    >
      <div className="flex max-h-[85dvh] flex-col">
        <header className="flex items-center gap-1 border-b border-line py-2.5 pr-3 pl-5">
          <h2 id={titleId} className="mr-auto text-base font-semibold">
            {title}
          </h2>
          {actions}
          <IconButton label="Close" onClick={close}>
            <X aria-hidden />
          </IconButton>
        </header>
        <div className="min-h-0 overflow-y-auto overscroll-contain px-5 py-4">{children}</div>
        {footer !== undefined && (
          <footer className="flex items-center justify-end gap-2 border-t border-line px-5 py-3">
            {footer}
          </footer>
        )}
      </div>
    </Modal>
  )
}
