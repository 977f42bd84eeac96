import { Copy, Split, Trash2 } from 'lucide'
import { messageText } from '#shared/message-text.ts'
import { copyText } from '../ui/copy-text.ts'
import { Icon } from '../ui/icon.tsx'
import { isNarrow } from '../ui/is-narrow.ts'
import { MenuItem, MenuItems } from '../ui/menu-items.tsx'
import { useToast } from '../ui/toast.tsx'
import { markdownOf } from './markdown-of.ts'
import type { ThreadRow } from './thread-row.ts'
import { t } from '#shared/translate.ts'

interface MoreItemsProps {
  row: ThreadRow
  onBranch: () => void
  onDelete: () => void
  /** This message and all that follow. */
  onDeleteBranch: () => void
}

export function MoreItems({ row, onBranch, onDelete, onDeleteBranch }: MoreItemsProps) {
  const showToast = useToast()
  const { message } = row
  const narrow = isNarrow()
  const copy = async (text: string, done: string) => {
    const isCopied = await copyText(text)
    showToast({ text: isCopied ? done : t`It could not be copied.` })
  }
  return (
    <MenuItems>
      {narrow && message.role === 'user' && (
        <MenuItem
          icon={<Icon of={Copy} />}
          onSelect={() => void copy(messageText(message), t`Copied.`)}
        >
          {t`Copy`}
        </MenuItem>
      )}
      <MenuItem
        icon={<Icon of={Copy} />}
        onSelect={() => void copy(markdownOf(message), t`Copied as Markdown.`)}
      >
        {t`Copy as Markdown`}
      </MenuItem>
      {narrow && (
        <>
          <MenuItem icon={<Icon of={Split} className="rotate-90" />} onSelect={onBranch}>
            {t`Branch`}
          </MenuItem>
          <MenuItem danger icon={<Icon of={Trash2} />} onSelect={onDelete}>
            {t`Delete`}
          </MenuItem>
        </>
      )}
      <MenuItem danger icon={<Icon of={Trash2} />} onSelect={onDeleteBranch}>
        {t`Delete from here on`}
      </MenuItem>
    </MenuItems>
  )
}
