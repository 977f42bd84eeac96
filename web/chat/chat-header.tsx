import type { ReactNode } from 'react'

interface ChatHeaderProps {
  /** The button that brings the sidebar back, where it is hidden. */
  leading: ReactNode
  title: string
  children?: ReactNode
}

export function ChatHeader({ leading, title, children }: ChatHeaderProps) {
  return (
    <header className="box-content flex h-14 shrink-0 items-center gap-2 border-b border-line px-3 pt-[env(safe-area-inset-top)] sm:px-4">
      {leading}
      <h1 className="mr-auto min-w-0 truncate text-[15px] font-semibold" title={title}>
        {title === '' ? <span className="sr-only">Conversation</span> : title}
      </h1>
      {children}
    </header>
  )
}
