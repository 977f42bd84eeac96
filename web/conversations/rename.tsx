import type { ConversationSummary } from '#shared/api.ts'
import { TitleField } from './title-field.tsx'
import { useRename } from './use-rename.ts'

interface RenameProps {
  conversation: ConversationSummary
  onClose: () => void
}

export function Rename({ conversation: { id, title }, onClose }: RenameProps) {
  const rename = useRename(id, title)
  return <TitleField title={title} onSave={rename} onClose={onClose} />
}
