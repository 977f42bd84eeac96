import { Pencil } from 'lucide'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { BranchSwitcher } from './branch-switcher.tsx'
import { CopyButton } from './copy-button.tsx'
import type { ThreadRow } from './thread-row.ts'

interface UserFooterProps {
  row: ThreadRow
  text: string
  editing: boolean
  editButtonId: string
  /** Null if it cannot be edited now. */
  onEdit: (() => void) | null
  onCancel: () => void
  onSelect: (messageId: string) => void
}

/** The buttons under an own message. */
export function UserFooter(props: UserFooterProps) {
  const { row, text, editing, editButtonId, onEdit, onCancel, onSelect } = props
  return (
    <>
      <span className="flex opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
        <CopyButton label="Copy" text={text} />
        {(editing || onEdit !== null) && (
          <IconButton
            id={editButtonId}
            label="Edit"
            aria-expanded={editing}
            onClick={() => (editing ? onCancel() : onEdit?.())}
          >
            <Icon of={Pencil} />
          </IconButton>
        )}
      </span>
      <BranchSwitcher id={row.message.id} siblingIds={row.siblingIds} onSelect={onSelect} />
    </>
  )
}
