import { Settings2 } from 'lucide'
import { type ReactNode, useState } from 'react'
import type { Conversation } from '#shared/api.ts'
import { DialogNotLoaded } from '../ui/dialog-not-loaded.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import type { useSetup } from './use-setup.ts'

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

const ChatPageSettings = lazyPart(() => import('./chat-page-settings.tsx'), 'ChatPageSettings', {
  failed: DialogNotLoaded,
})

interface SettingsButtonProps {
  conversation: Conversation | null
  setup: ReturnType<typeof useSetup>
}

export function SettingsButton(props: SettingsButtonProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton label="Conversation settings" onClick={() => setOpen(true)}>
        <Icon of={Settings2} />
      </IconButton>
      {open && <ChatPageSettings {...props} onOpenChange={setOpen} />}
    </>
  )
}
