import { PanelLeft, SquarePen } from 'lucide'
import { type MouseEvent, type ReactNode, useState } from 'react'
import { ChatPage } from './chat/chat-page.tsx'
import { useThreadKey } from './chat/chat-context.ts'
import { ChatProvider } from './chat/chat-provider.tsx'
import { COMPOSER_ID, focusComposer } from './chat/focus-composer.ts'
import { NEW_CHAT } from './chat/drafts.ts'
import { listView } from './conversations/list-view.ts'
import { Sidebar } from './conversations/sidebar.tsx'
import { PageBoundary } from './page-boundary.tsx'
import { navigate, useRoute } from './router.tsx'
import { DialogNotLoaded } from './ui/dialog-not-loaded.tsx'
import { IconButton } from './ui/icon-button.tsx'
import { Icon } from './ui/icon.tsx'
import { lazyPart, Nothing } from './ui/lazy-part.tsx'
import { ToastProvider } from './ui/toast-provider.tsx'
import { useStore } from './ui/store.ts'
import { waitingConversations } from './ui/waiting-conversations.ts'
import { useFirstKey } from './use-first-key.ts'
import { useDroppedFiles } from './ui/dropped-files.ts'
import { useSidebar } from './use-sidebar.ts'
import { t } from '#shared/translate.ts'

const UsageRoute = lazyPart(() => import('./usage-route.tsx'), 'UsageRoute')
const SettingsPage = lazyPart(() => import('./settings/settings-page.tsx'), 'SettingsPage')
const MissingPage = lazyPart(() => import('./missing-page.tsx'), 'MissingPage')
const Drawer = lazyPart(() => import('./ui/drawer.tsx'), 'Drawer', { failed: DialogNotLoaded })

const ListDialogs = lazyPart(() => import('./list-dialogs.tsx'), 'ListDialogs', {
  failed: DialogNotLoaded,
})
const ShortcutKeys = lazyPart(() => import('./shortcuts/shortcut-keys.tsx'), 'ShortcutKeys', {
  failed: Nothing,
})

const CONTENT_ID = 'content'

export function App() {
  return (
    <ToastProvider>
      <ChatProvider>
        <Shell />
      </ChatProvider>
    </ToastProvider>
  )
}

function Shell() {
  const { shown, setShown } = useSidebar()
  const [drawerOpen, setDrawerOpen] = useState(false)
  const waiting = useStore(waitingConversations, waitingConversations.count)
  const closeDrawer = () => setDrawerOpen(false)
  const leading = (
    <>
      <IconButton
        label={t`Open sidebar`}
        className="relative md:hidden"
        onClick={() => setDrawerOpen(true)}
      >
        <Icon of={PanelLeft} />
        {waiting > 0 && (
          <span
            aria-hidden
            className="absolute top-1 right-1 size-2 rounded-full bg-warn pointer-coarse:top-2.5 pointer-coarse:right-2.5"
          />
        )}
      </IconButton>
      {!shown && (
        <IconButton
          label={t`Show sidebar`}
          className="max-md:hidden"
          onClick={() => setShown(true)}
        >
          <Icon of={PanelLeft} />
        </IconButton>
      )}
      {/* The sidebar has its own. */}
      {!drawerOpen && (
        <IconButton label={t`New chat`} className={shown ? 'md:hidden' : ''} onClick={newChat}>
          <Icon of={SquarePen} />
        </IconButton>
      )}
    </>
  )
  const dialog = useStore(listView, listView.dialog)
  const closeDialog = () => listView.openDialog(null)
  const firstKey = useFirstKey()
  useDroppedFiles()
  return (
    <div className="flex h-dvh">
      <a
        href={`#${CONTENT_ID}`}
        className="absolute -top-20 left-2 z-20 rounded-lg bg-accent px-3 py-2 text-sm text-on-accent focus:top-2"
        onClick={skipToContent}
      >
        {t`Skip to the content`}
      </a>
      {shown && (
        <aside className="w-68 shrink-0 border-r border-line max-md:hidden">
          <Sidebar onNewChat={newChat} onCollapse={() => setShown(false)} />
        </aside>
      )}
      {drawerOpen && (
        <Drawer onClose={closeDrawer} title={t`Conversations`}>
          <Sidebar onNewChat={newChat} onNavigate={closeDrawer} onCollapse={closeDrawer} />
        </Drawer>
      )}
      {dialog !== null && <ListDialogs dialog={dialog} onClose={closeDialog} />}
      <div id={CONTENT_ID} tabIndex={-1} className="min-w-0 flex-1 outline-none">
        <Page leading={leading} />
      </div>
      {firstKey !== null && (
        <ShortcutKeys
          first={firstKey}
          app={{
            newChat,
            toggleSidebar: () => setShown(!shown),
            showSidebar: () => (isWide() ? setShown(true) : setDrawerOpen(true)),
          }}
        />
      )}
    </div>
  )
}

function Page({ leading }: { leading: ReactNode }) {
  const route = useRoute()
  const threadId = (route.page === 'chat' && route.conversationId) || NEW_CHAT
  const threadKey = useThreadKey(threadId)
  return (
    <PageBoundary key={route.page === 'chat' ? threadKey : route.page}>
      {route.page === 'chat' && (
        <main className="flex h-full flex-col">
          <ChatPage conversationId={route.conversationId} leading={leading} />
        </main>
      )}
      {route.page === 'usage' && <UsageRoute isReconcile={route.isReconcile} leading={leading} />}
      {route.page === 'settings' && <SettingsPage section={route.section} leading={leading} />}
      {route.page === 'missing' && <MissingPage leading={leading} />}
    </PageBoundary>
  )
}

const isWide = () => matchMedia('(min-width: 48rem)').matches

function skipToContent(event: MouseEvent) {
  event.preventDefault()
  const goal = document.getElementById(COMPOSER_ID) ?? document.getElementById(CONTENT_ID)
  goal?.focus()
}

function newChat() {
  if (location.pathname !== '/' || location.search !== '') navigate('/')
  else focusComposer()
}
