import type { ListDialog } from './conversations/list-view.ts'
import { MoveDialog } from './conversations/move-dialog.tsx'
import { RenameDialog } from './conversations/rename-dialog.tsx'
import { ShareDialog } from './conversations/share-dialog.tsx'
import { FolderDialog } from './settings/folder-dialog.tsx'

interface ListDialogsProps {
  dialog: ListDialog
  onClose: () => void
}

/** The dialogs of the list of conversations. */
export function ListDialogs({ dialog, onClose }: ListDialogsProps) {
  switch (dialog.kind) {
    case 'folder':
      return <FolderDialog folder={dialog.folder} onClose={onClose} />
    case 'move':
      return <MoveDialog items={dialog.items} onClose={onClose} />
    case 'rename':
      return <RenameDialog conversation={dialog.conversation} onClose={onClose} />
    case 'share':
      return <ShareDialog conversation={dialog.conversation} onClose={onClose} />
  }
}
