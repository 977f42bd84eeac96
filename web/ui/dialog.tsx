import { X } from 'lucide'
import { type ReactNode, useId } from 'react'
import { IconButton } from './icon-button.tsx'
import { Icon } from './icon.tsx'
import { Modal } from './modal.tsx'
import { t } from '#shared/translate.ts'

interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** Shown next to the close button. */
  actions?: ReactNode
  /** Stays visible below the scrolling content. */
  footer?: ReactNode
  /** For two columns. */
  wide?: boolean
  children: ReactNode
}

/** A dialog in the center of a wide screen or at the bottom of a narrow one. */
export function Dialog({
  open,
  onOpenChange,
  title,
  actions,
  footer,
  wide,
  children,
}: DialogProps) {
  const titleId = useId()
  if (!open) return null
  const close = () => onOpenChange(false)
  return (
    <Modal
      labelledBy={titleId}
      onClose={close}
      className={`m-auto w-full ${wide ? 'max-w-5xl' : 'max-w-2xl'} rounded-2xl border border-line shadow-float transition-[translate,opacity] duration-150 max-sm:mb-0 max-sm:max-w-none max-sm:rounded-b-none starting:translate-y-2 starting:opacity-0`}
    >
      {/* The scrolling part contains the focused title, so that arrow keys scroll at once. */}
      <div className="max-h-[85dvh] overflow-y-auto overscroll-contain">
        <header className="sticky top-0 z-10 flex items-center gap-1 border-b border-line bg-surface py-2.5 pr-3 pl-3 sm:pl-5">
          <h2
            id={titleId}
            tabIndex={-1}
            data-autofocus
            className="mr-auto text-base font-semibold outline-none"
          >
            {title}
          </h2>
          {actions}
          <IconButton label={t`Close`} onClick={close}>
            <Icon of={X} />
          </IconButton>
        </header>
        <div className="px-3 py-4 sm:px-5">{children}</div>
        {footer !== undefined && (
          <footer className="sticky bottom-0 z-10 flex items-center justify-end gap-2 border-t border-line bg-surface px-3 py-3 sm:px-5">
            {footer}
          </footer>
        )}
      </div>
    </Modal>
  )
}
