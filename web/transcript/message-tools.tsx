import { Ellipsis, Split, Trash2 } from 'lucide'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { lazyMenu, Menu } from '../ui/menu.tsx'
import type { ThreadRow } from './thread-row.ts'
import { useMessageChanges } from './use-message-changes.ts'

const MoreItems = lazyMenu(() => import('./more-items.tsx'), 'MoreItems')

/** What can be done with any stored message. Quiet: seen on hover and focus, and always on touch. */
export function MessageTools({ row }: { row: ThreadRow }) {
  const { branch, remove, isBusy } = useMessageChanges(row.message)
  return (
    <span className="flex opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
      <IconButton label="Branch" disabled={isBusy} onClick={branch}>
        <Icon of={Split} className="rotate-90" />
      </IconButton>
      <IconButton
        label="Delete"
        disabled={isBusy}
        onClick={({ currentTarget }) => {
          focusBefore(currentTarget)
          remove('message')
        }}
      >
        <Icon of={Trash2} />
      </IconButton>
      <Menu label="More" icon={<Icon of={Ellipsis} />}>
        <MoreItems row={row} onDelete={() => remove('branch')} />
      </Menu>
    </span>
  )
}

/** The message leaves the page, and the focus with it: so it moves to the one before. */
function focusBefore(button: HTMLElement): void {
  const articles = [...(button.closest('[role=log]')?.querySelectorAll('article') ?? [])]
  const at = articles.findIndex((article) => article.contains(button))
  const next = articles[at - 1] ?? articles[at + 1]
  next?.querySelector<HTMLElement>('button[aria-label=Delete]')?.focus({ preventScroll: true })
}
