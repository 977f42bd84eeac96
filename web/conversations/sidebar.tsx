import { ChartColumn, Ellipsis, PanelLeftClose, Settings, SquarePen } from 'lucide'
import { Link } from '../router.tsx'
import { SearchBox } from '../search/search-box.tsx'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { lazyMenu, Menu } from '../ui/menu.tsx'
import { ThemeMenu } from '../ui/theme-menu.tsx'
import { lazyPart, Nothing } from '../ui/lazy-part.tsx'
import { useStore } from '../ui/store.ts'
import { waitingConversations } from '../ui/waiting-conversations.ts'
import { ConversationList } from './conversation-list.tsx'
import { t } from '#shared/translate.ts'

const ListMenu = lazyMenu(() => import('./list-menu.tsx'), 'ListMenu')
const WaitList = lazyPart(() => import('./wait-list.tsx'), 'WaitList', { failed: Nothing })

interface SidebarProps {
  onNewChat: () => void
  /** Called when the user opens something, to close a drawer around the sidebar. */
  onNavigate?: () => void
  /** Adds a button that hides the sidebar. */
  onCollapse?: () => void
}

export function Sidebar({ onNewChat, onNavigate, onCollapse }: SidebarProps) {
  const waiting = useStore(waitingConversations, waitingConversations.count)
  return (
    <div className="flex h-full flex-col bg-sunken">
      <div className="flex h-14 shrink-0 items-center pr-2 pl-4">
        <Link
          href="/"
          onClick={onNavigate}
          className="mr-auto rounded text-[17px] font-semibold tracking-tight"
        >
          Tally
        </Link>
        {onCollapse !== undefined && (
          <IconButton label={t`Hide sidebar`} onClick={onCollapse}>
            <Icon of={PanelLeftClose} />
          </IconButton>
        )}
      </div>
      <nav aria-label={t`Conversations`} className="flex min-h-0 flex-1 flex-col">
        <div className="flex items-center gap-1 px-2 pb-3">
          <Button
            className="min-w-0 flex-1 justify-start px-2.5"
            onClick={() => {
              onNewChat()
              onNavigate?.()
            }}
          >
            <Icon of={SquarePen} className="size-4 text-accent" />
            {t`New chat`}
          </Button>
          <Menu label={t`List options`} icon={<Icon of={Ellipsis} />}>
            <ListMenu />
          </Menu>
        </div>
        <SearchBox onNavigate={onNavigate}>
          <ConversationList onNavigate={onNavigate} />
        </SearchBox>
      </nav>
      {/* Below the list, which it shortens without moving a row. */}
      {waiting > 0 && <WaitList onNavigate={onNavigate} />}
      <div className="flex shrink-0 items-center border-t border-line p-2">
        <Link href="/usage" onClick={onNavigate} className={FOOTER_LINK}>
          <Icon of={ChartColumn} className="size-4" />
          {t`Usage`}
        </Link>
        <Link href="/settings" onClick={onNavigate} className={FOOTER_LINK}>
          <Icon of={Settings} className="size-4" />
          {t`Settings`}
        </Link>
        <ThemeMenu />
      </div>
    </div>
  )
}

const FOOTER_LINK =
  'mr-auto flex h-8 flex-1 items-center gap-1.5 rounded-lg px-1.5 text-sm text-muted hover:bg-line/50 hover:text-ink aria-[current]:bg-accent-soft aria-[current]:text-ink pointer-coarse:h-11'
