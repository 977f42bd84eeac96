import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, Settings2, SquarePen, Trash2 } from 'lucide'
import type { Folder } from '#shared/folders.ts'
import { visibleText } from '#shared/visible-text.ts'
import { deleteFolder, foldersQuery, restoreFolder, updateFolder } from '../api/organize.ts'
import { navigate } from '../router.tsx'
import { Icon } from '../ui/icon.tsx'
import { MenuItem, MenuItems } from '../ui/menu-items.tsx'
import { useToast } from '../ui/toast.tsx'
import { listView } from './list-view.ts'
import { reloadList } from './listed-conversations.ts'
import { t } from '#shared/translate.ts'

interface FolderMenuProps {
  folder: Folder
  onNavigate: (() => void) | undefined
}

export function FolderMenu({ folder, onNavigate }: FolderMenuProps) {
  const count = useQuery({ ...foldersQuery(), enabled: false }).data?.length ?? 0
  const { move, remove } = useFolderChanges(folder)
  return (
    <MenuItems>
      <MenuItem
        icon={<Icon of={SquarePen} />}
        onSelect={() => {
          navigate(`/?folder=${folder.id}`)
          onNavigate?.()
        }}
      >
        {t`New chat in this folder`}
      </MenuItem>
      <MenuItem
        icon={<Icon of={Settings2} />}
        onSelect={() => listView.openDialog({ kind: 'folder', folder })}
      >
        {t`Folder settings`}
      </MenuItem>
      {folder.position > 0 && (
        <MenuItem icon={<Icon of={ArrowUp} />} onSelect={() => move(folder.position - 1)}>
          {t`Move up`}
        </MenuItem>
      )}
      {folder.position < count - 1 && (
        <MenuItem icon={<Icon of={ArrowDown} />} onSelect={() => move(folder.position + 1)}>
          {t`Move down`}
        </MenuItem>
      )}
      <MenuItem danger icon={<Icon of={Trash2} />} onSelect={remove}>
        {t`Delete folder`}
      </MenuItem>
    </MenuItems>
  )
}

/** Moves and deletes a folder. Its conversations stay, and Undo puts them back into it. */
function useFolderChanges({ id, name }: Folder) {
  const client = useQueryClient()
  const showToast = useToast()
  const title = visibleText(name)
  const reload = () => Promise.all([client.invalidateQueries(foldersQuery()), reloadList(client)])
  const failed = (error: Error) =>
    showToast({ text: t`The folder “${title}” could not be changed. ${error.message}` })

  const move = useMutation({
    mutationFn: (position: number) => updateFolder(id, { position }),
    onError: failed,
    onSettled: reload,
  })
  const restore = useMutation({
    mutationFn: () => restoreFolder(id),
    onError: failed,
    onSettled: reload,
  })
  const remove = useMutation({
    mutationFn: () => deleteFolder(id),
    onSuccess: () =>
      showToast({
        text: t`Deleted the folder “${title}”. Its conversations are kept.`,
        action: { label: t`Undo`, run: () => restore.mutate() },
      }),
    onError: failed,
    onSettled: reload,
  })
  return { move: move.mutate, remove: () => remove.mutate() }
}
