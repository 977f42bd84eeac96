import { Copy, Trash2 } from 'lucide'
import { copyText } from '../ui/copy-text.ts'
import { Icon } from '../ui/icon.tsx'
import { MenuItem, MenuItems } from '../ui/menu-items.tsx'
import { useToast } from '../ui/toast.tsx'
import { markdownOf } from './markdown-of.ts'
import type { ThreadRow } from './thread-row.ts'

interface MoreItemsProps {
  row: ThreadRow
  onDelete: () => void
}

export function MoreItems({ row, onDelete }: MoreItemsProps) {
  const showToast = useToast()
  const copy = async () => {
    const isCopied = await copyText(markdownOf(row.message))
    showToast({ text: isCopied ? 'Copied as Markdown.' : 'It could not be copied.' })
  }
  return (
    <MenuItems>
      <MenuItem icon={<Icon of={Copy} />} onSelect={() => void copy()}>
        Copy as Markdown
      </MenuItem>
      <MenuItem danger icon={<Icon of={Trash2} />} onSelect={onDelete}>
        Delete from here on
      </MenuItem>
    </MenuItems>
  )
}
