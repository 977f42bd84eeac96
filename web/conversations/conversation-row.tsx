import { Ellipsis } from 'lucide'
import { useEffect, useRef, useState } from 'react'
import type { ConversationSummary } from '#shared/api.ts'
import { withPending } from '#shared/totals-so-far.ts'
import { visibleText } from '#shared/visible-text.ts'
import { Link } from '../router.tsx'
import { Amount } from '../ui/amount.tsx'
import { Icon } from '../ui/icon.tsx'
import { lazyPart, NotLoaded } from '../ui/lazy-part.tsx'
import { lazyMenu, Menu } from '../ui/menu.tsx'
import { useStore } from '../ui/store.ts'
import { waitingConversations } from '../ui/waiting-conversations.ts'

const RowMenu = lazyMenu(() => import('./row-menu.tsx'), 'RowMenu')
const Rename = lazyPart(() => import('./rename.tsx'), 'Rename', {
  fallback: () => <div className="h-9 pointer-coarse:h-11" />,
  failed: NotLoaded,
})

interface ConversationRowProps {
  conversation: ConversationSummary
  onNavigate: (() => void) | undefined
}

export function ConversationRow({ conversation, onNavigate }: ConversationRowProps) {
  const { id, pending = null } = conversation
  const title = visibleText(conversation.title)
  const totals = withPending(conversation.totals, pending) ?? conversation.totals
  const row = useRef<HTMLLIElement>(null)
  const isWaiting = useStore(waitingConversations, () => waitingConversations.has(id))
  const [renaming, setRenaming] = useState(false)

  const wasRenaming = useRef(false)
  useEffect(() => {
    if (wasRenaming.current && !renaming) row.current?.querySelector('a')?.focus()
    wasRenaming.current = renaming
  }, [renaming])

  if (renaming) {
    return (
      <li ref={row}>
        <Rename conversation={conversation} onClose={() => setRenaming(false)} />
      </li>
    )
  }
  return (
    <li
      ref={row}
      className="group relative flex h-9 items-center rounded-lg pr-1 text-sm hover:bg-line/50 has-[[aria-current]]:bg-accent-soft pointer-coarse:h-11"
    >
      <Link
        href={`/c/${id}`}
        title={title}
        className="min-w-0 flex-1 truncate rounded-lg py-1 pl-2.5 outline-offset-0 after:absolute after:inset-0 aria-[current]:font-medium"
        onClick={onNavigate}
      >
        {title}
      </Link>
      {isWaiting ? (
        <Mark label="Waiting for you" color="bg-warn" />
      ) : (
        conversation.activeRunId !== null && <Mark label="Running" color="bg-accent" />
      )}
      <span className="ml-2 grid items-center justify-items-end *:col-start-1 *:row-start-1 pointer-coarse:flex">
        {totals.calls > 0 && (
          <Amount
            of={totals}
            className="pr-1.5 text-xs text-muted pointer-fine:group-focus-within:invisible pointer-fine:group-hover:invisible"
          />
        )}
        <Menu
          label={`Options for “${title}”`}
          icon={<Icon of={Ellipsis} />}
          className="relative hover:bg-line pointer-fine:size-7 pointer-fine:opacity-0 pointer-fine:group-focus-within:opacity-100 pointer-fine:group-hover:opacity-100 pointer-fine:aria-expanded:opacity-100"
        >
          <RowMenu conversation={conversation} row={row} onRename={() => setRenaming(true)} />
        </Menu>
      </span>
    </li>
  )
}

function Mark({ label, color }: { label: string; color: string }) {
  return (
    <span className="ml-2 flex shrink-0 items-center" title={label}>
      <span aria-hidden className={`size-2 rounded-full ${color}`} />
      <span className="sr-only">{label}</span>
    </span>
  )
}
