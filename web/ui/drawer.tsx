import { type ReactNode, useId } from 'react'
import { Modal } from './modal.tsx'

interface DrawerProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  children: ReactNode
}

/** Comes in from the left over the page: the sidebar of a narrow screen. */
export function Drawer({ open, onOpenChange, title, children }: DrawerProps) {
  const titleId = useId()
  if (!open) return null
  return (
    <Modal
      labelledBy={titleId}
      onClose={() => onOpenChange(false)}
      className="m-0 mr-auto h-dvh max-h-none w-[min(20rem,85vw)] border-r border-line shadow-float transition duration-200 starting:-translate-x-full"
    >
      <h2 id={titleId} tabIndex={-1} data-autofocus className="sr-only">
        {title}
      </h2>
      <div className="h-full">{children}</div>
    </Modal>
  )
}
