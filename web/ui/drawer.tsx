import { type ReactNode, useId } from 'react'
import { Modal } from './modal.tsx'

interface DrawerProps {
  onClose: () => void
  title: string
  children: ReactNode
}

/** The sidebar of a narrow screen, which slides in from the left. Open while mounted. */
export function Drawer({ onClose, title, children }: DrawerProps) {
  const titleId = useId()
  return (
    <Modal
      labelledBy={titleId}
      onClose={onClose}
      className="m-0 mr-auto h-dvh max-h-none w-[min(20rem,85vw)] border-r border-line shadow-float transition duration-200 starting:-translate-x-full"
    >
      <h2 id={titleId} tabIndex={-1} data-autofocus className="sr-only">
        {title}
      </h2>
      <div className="h-full">{children}</div>
    </Modal>
  )
}
