import { Ellipsis, Settings2 } from 'lucide'
import { type ReactNode, useState } from 'react'
import type { Conversation } from '#shared/api.ts'
import { DialogNotLoaded } from '../ui/dialog-not-loaded.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { lazyMenu, Menu } from '../ui/menu.tsx'
import type { useSetup } from './use-setup.ts'
import { t } from '#shared/translate.ts'

interface ChatHeaderProps {
  /** The button that brings the sidebar back, where it is hidden. */
  leading: ReactNode
  title: string
  children?: ReactNode
}

export function ChatHeader({ leading, title, children }: ChatHeaderProps) {
  return (
    <header className="box-content flex h-14 shrink-0 items-center gap-2 border-b border-line px-1 max-sm:gap-1 pt-[env(safe-area-inset-top)] sm:px-4">
      {leading}
      <h1
        className="mr-auto min-w-0 text-[15px] font-semibold max-sm:line-clamp-2 max-sm:text-sm/5 max-sm:first:pl-3 sm:truncate"
        title={title}
      >
        {title === '' ? <span className="sr-only">{t`Conversation`}</span> : title}
      </h1>
      {children}
    </header>
  )
}

const ChatPageSettings = lazyPart(() => import('./chat-page-settings.tsx'), 'ChatPageSettings', {
  failed: DialogNotLoaded,
})

const ChatPageMenu = lazyMenu(() => import('./chat-page-menu.tsx'), 'ChatPageMenu')

interface ConversationButtonsProps {
  conversation: Conversation | null
  setup: ReturnType<typeof useSetup>
}

/** The settings, and a menu of what else can be done, which has the settings on a phone. */
export function ConversationButtons({ conversation, setup }: ConversationButtonsProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton
        label={t`Conversation settings`}
        className={conversation === null ? '' : 'max-sm:hidden'}
        onClick={() => setOpen(true)}
      >
        <Icon of={Settings2} />
      </IconButton>
      {conversation !== null && (
        <Menu label={t`Conversation menu`} icon={<Icon of={Ellipsis} />}>
          <ChatPageMenu conversation={conversation} onSettings={() => setOpen(true)} />
        </Menu>
      )}
      {open && <ChatPageSettings {...{ conversation, setup }} onOpenChange={setOpen} />}
    </>
  )
}
