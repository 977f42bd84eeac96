import { Ellipsis } from 'lucide'
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react'
import type { ConversationSummary } from '#shared/api.ts'
import { withPending } from '#shared/add-totals.ts'
import { visibleText } from '#shared/visible-text.ts'
import { Link } from '../router.tsx'
import { Amount } from '../ui/amount.tsx'
import { useAmountThreshold } from '../ui/amount-threshold.ts'
import { Icon } from '../ui/icon.tsx'
import { lazyPart, NotLoaded } from '../ui/lazy-part.tsx'
import { lazyMenu, Menu } from '../ui/menu.tsx'
import { useStore } from '../ui/store.ts'
import { waitingConversations } from '../ui/waiting-conversations.ts'
import { listView } from './list-view.ts'
import { t } from '#shared/translate.ts'

const RowMenu = lazyMenu(() => import('./row-menu.tsx'), 'RowMenu')
const Rename = lazyPart(() => import('./rename.tsx'), 'Rename', {
  fallback: () => <div className="h-9 pointer-coarse:h-11" />,
  failed: NotLoaded,
})

const SelectRow = lazyPart(() => import('./select-row.tsx'), 'SelectRow', {
  fallback: () => <div className="h-9 pointer-coarse:h-11" />,
  failed: NotLoaded,
})

interface ConversationRowProps {
  conversation: ConversationSummary
  onNavigate: (() => void) | undefined
}

export function ConversationRow({ conversation, onNavigate }: ConversationRowProps) {
  const { id } = conversation
  const title = visibleText(conversation.title)
  const row = useRef<HTMLLIElement>(null)
  const [renaming, setRenaming] = useState(false)
  const selecting = useStore(listView, listView.isSelecting)

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
  if (selecting) {
    return (
      <li className="flex rounded-lg hover:bg-line/50 has-checked:bg-accent-soft">
        <SelectRow conversation={conversation} />
      </li>
    )
  }
  const onClick = (event: MouseEvent) => {
    // Begins to select; the other keys are the browser's.
    if (event.shiftKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      listView.select([id])
    } else onNavigate?.()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'F2') setRenaming(true)
  }
  return (
    <li
      ref={row}
      className="group relative flex h-9 items-center rounded-lg pr-1 text-sm hover:bg-line/50 has-[[aria-current]]:bg-accent-soft pointer-coarse:h-11"
    >
      <Link
        href={`/c/${id}`}
        title={title}
        data-item
        tabIndex={-1}
        className="min-w-0 flex-1 truncate rounded-lg py-1 pl-2.5 outline-offset-0 after:absolute after:inset-0 aria-[current]:font-medium"
        onClick={onClick}
        onKeyDown={onKeyDown}
      >
        {title}
      </Link>
      <RowMark conversation={conversation} />
      <RowAmount conversation={conversation} />
      <Menu
        label={t`Options for “${title}”`}
        icon={<Icon of={Ellipsis} />}
        tabIndex={-1}
        className="relative hover:bg-line pointer-fine:size-7 pointer-fine:opacity-0 pointer-fine:group-focus-within:opacity-100 pointer-fine:group-hover:opacity-100 pointer-fine:aria-expanded:opacity-100"
      >
        <RowMenu conversation={conversation} row={row} onRename={() => setRenaming(true)} />
      </Menu>
    </li>
  )
}

function RowMark({ conversation: { id, activeRunId, unread } }: RowPartProps) {
  const isWaiting = useStore(waitingConversations, () => waitingConversations.has(id))
  if (isWaiting) return <Mark label={t`Waiting for you`} className="bg-warn" />
  if (activeRunId !== null) return <Mark label={t`Running`} className="bg-accent" />
  if (!unread) return null
  // What is open is being read.
  return <Mark label={t`Unread`} className="bg-ink" hidden="group-has-[[aria-current]]:hidden" />
}

interface RowPartProps {
  conversation: ConversationSummary
}

function Mark({
  label,
  className,
  hidden = '',
}: Record<'label' | 'className', string> & { hidden?: string }) {
  return (
    <span className={`ml-2 flex shrink-0 items-center ${hidden}`} title={label}>
      <span aria-hidden className={`size-2 rounded-full ${className}`} />
      <span className="sr-only">{label}</span>
    </span>
  )
}

const WHISPER =
  'sr-only pointer-fine:group-focus-within:not-sr-only pointer-fine:group-hover:not-sr-only'

/** Shown on hover and focus; always if it matters. */
function RowAmount({ conversation }: RowPartProps) {
  const threshold = useAmountThreshold()
  const { pending = null } = conversation
  const totals = withPending(conversation.totals, pending) ?? conversation.totals
  if (totals.calls === 0) return null
  const matters = totals.demo !== true && (totals.costNanoUsd ?? 0) >= threshold
  return (
    <span className={matters ? '' : WHISPER}>
      <Amount of={totals} className="pr-1 pl-2 text-xs text-muted" />
    </span>
  )
}
