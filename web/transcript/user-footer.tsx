import { Pencil, RotateCw } from 'lucide'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { lazyPart, Nothing } from '../ui/lazy-part.tsx'
import { BranchSwitcher } from './branch-switcher.tsx'
import { CopyButton } from './copy-button.tsx'
import type { ThreadRow } from './thread-row.ts'
import { t } from '#shared/translate.ts'

const MessageTools = lazyPart(() => import('./message-tools.tsx'), 'MessageTools', {
  // As wide, so that nothing moves.
  fallback: () => (
    <span className="w-24 max-sm:w-8 pointer-coarse:w-33 max-sm:pointer-coarse:w-11" />
  ),
  failed: Nothing,
})

interface UserFooterProps {
  row: ThreadRow
  text: string
  editing: boolean
  editButtonId: string
  /** Null if it cannot be edited now. */
  onEdit: (() => void) | null
  onCancel: () => void
  /** Null if it has an answer. */
  onAnswer: (() => void) | null
  onSelect: (messageId: string) => Promise<void>
}

/** The buttons under an own message. */
export function UserFooter(props: UserFooterProps) {
  const { row, text, editing, editButtonId, onEdit, onCancel, onAnswer, onSelect } = props
  return (
    <>
      {onAnswer !== null && (
        <IconButton label={t`Try again`} onClick={onAnswer}>
          <Icon of={RotateCw} />
        </IconButton>
      )}
      <span className="flex opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
        <CopyButton label={t`Copy`} text={text} className="max-sm:hidden" />
        {(editing || onEdit !== null) && (
          <IconButton
            id={editButtonId}
            label={t`Edit`}
            aria-expanded={editing}
            onClick={() => (editing ? onCancel() : onEdit?.())}
          >
            <Icon of={Pencil} />
          </IconButton>
        )}
      </span>
      {row.siblingIds.length > 0 && <MessageTools row={row} />}
      <BranchSwitcher id={row.message.id} siblingIds={row.siblingIds} onSelect={onSelect} />
    </>
  )
}
