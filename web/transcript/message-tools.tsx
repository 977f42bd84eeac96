import { Ellipsis, Split, Trash2 } from 'lucide'
import { useRef } from 'react'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { lazyMenu, Menu } from '../ui/menu.tsx'
import type { ThreadRow } from './thread-row.ts'
import { useMessageChanges } from './use-message-changes.ts'
import { t } from '#shared/translate.ts'

const MoreItems = lazyMenu(() => import('./more-items.tsx'), 'MoreItems')

/** What can be done with any stored message. Quiet: seen on hover and focus, and always on touch. */
export function MessageTools({ row }: { row: ThreadRow }) {
  const { branch, remove, isBusy } = useMessageChanges(row)
  const tools = useRef<HTMLSpanElement>(null)
  const removeMessage = () => {
    focusBefore(tools.current)
    remove('message')
  }
  return (
    <span
      ref={tools}
      data-message-tools
      className="flex opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 max-sm:order-last pointer-coarse:opacity-100"
    >
      {/* On a phone they are in the menu. */}
      <IconButton label={t`Branch`} className="max-sm:hidden" disabled={isBusy} onClick={branch}>
        <Icon of={Split} className="rotate-90" />
      </IconButton>
      <IconButton
        label={t`Delete`}
        className="max-sm:hidden"
        disabled={isBusy}
        onClick={removeMessage}
      >
        <Icon of={Trash2} />
      </IconButton>
      <Menu label={t`More`} icon={<Icon of={Ellipsis} />}>
        <MoreItems
          row={row}
          onBranch={branch}
          onDelete={removeMessage}
          onDeleteBranch={() => remove('branch')}
        />
      </Menu>
    </span>
  )
}

/** The message leaves the page, and the focus with it: so it moves to the one before. */
function focusBefore(tools: HTMLElement | null): void {
  const articles = [...(tools?.closest('[role=log]')?.querySelectorAll('article') ?? [])]
  const at = articles.findIndex((article) => article.contains(tools))
  const next = articles[at - 1] ?? articles[at + 1]
  const buttons = next?.querySelectorAll<HTMLElement>('[data-message-tools] > button') ?? []
  const shown = [...buttons].filter((button) => button.offsetParent !== null)
  // "Delete", which a phone has in its menu.
  const button = shown[1] ?? shown[0]
  button?.focus({ preventScroll: true })
}
