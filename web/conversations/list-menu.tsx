import { Archive, FolderPlus, ListChecks } from 'lucide'
import { Icon } from '../ui/icon.tsx'
import { MenuItem, MenuItems } from '../ui/menu-items.tsx'
import { listView } from './list-view.ts'
import { t } from '#shared/translate.ts'

/** What can be done with the list as a whole. */
export function ListMenu() {
  return (
    <MenuItems>
      <MenuItem
        icon={<Icon of={FolderPlus} />}
        onSelect={() => listView.openDialog({ kind: 'folder', folder: null })}
      >
        {t`New folder`}
      </MenuItem>
      <MenuItem icon={<Icon of={ListChecks} />} onSelect={() => listView.select([])}>
        {t`Select`}
      </MenuItem>
      <MenuItem icon={<Icon of={Archive} />} onSelect={() => listView.showArchive(true)}>
        {t`Archived`}
      </MenuItem>
    </MenuItems>
  )
}
