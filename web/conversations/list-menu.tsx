import { Archive, FolderPlus, ListChecks } from 'lucide'
import { Icon } from '../ui/icon.tsx'
import { MenuItem, MenuItems } from '../ui/menu-items.tsx'
import { listView } from './list-view.ts'

/** What can be done with the list as a whole. */
export function ListMenu() {
  return (
    <MenuItems>
      <MenuItem
        icon={<Icon of={FolderPlus} />}
        onSelect={() => listView.openDialog({ kind: 'folder', folder: null })}
      >
        New folder
      </MenuItem>
      <MenuItem icon={<Icon of={ListChecks} />} onSelect={() => listView.select([])}>
        Select
      </MenuItem>
      <MenuItem icon={<Icon of={Archive} />} onSelect={() => listView.showArchive(true)}>
        Archived
      </MenuItem>
    </MenuItems>
  )
}
