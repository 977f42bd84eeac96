import { useQueryClient } from '@tanstack/react-query'
import { Archive, ArchiveRestore, FolderInput, Pin, Trash2, X } from 'lucide'
import type { ConversationSummary } from '#shared/conversation.ts'
import { loadedConversations } from '../api/conversation-lists.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { useStore } from '../ui/store.ts'
import { listView } from './list-view.ts'
import { useChange } from './use-change.ts'
import { t } from '#shared/translate.ts'

/** What can be done with the selected conversations. */
export function SelectionBar() {
  const client = useQueryClient()
  const selected = useStore(listView, listView.selected) ?? new Set<string>()
  const archive = useStore(listView, listView.showsArchive)
  const change = useChange()
  const none = selected.size === 0
  const items = (): ConversationSummary[] =>
    loadedConversations(client).filter(({ id }) => selected.has(id))
  const apply = (wanted: Parameters<typeof change>[1]) => {
    change(items(), wanted)
    listView.select(null)
  }
  return (
    <div
      role="toolbar"
      aria-label={t`Selected conversations`}
      className="sticky -top-1 z-10 mb-2 flex items-center gap-0.5 rounded-lg border border-line bg-surface py-1 pr-1 pl-2.5"
    >
      <output className="mr-auto text-sm font-medium whitespace-nowrap">
        {selected.size} <span className="max-sm:sr-only">{t`selected`}</span>
      </output>
      {!archive && (
        <>
          <IconButton label={t`Pin`} disabled={none} onClick={() => apply({ pinned: true })}>
            <Icon of={Pin} />
          </IconButton>
          <IconButton
            label={t`Move to folder`}
            disabled={none}
            onClick={() => listView.openDialog({ kind: 'move', items: items() })}
          >
            <Icon of={FolderInput} />
          </IconButton>
        </>
      )}
      <IconButton
        label={archive ? t`Unarchive` : t`Archive`}
        disabled={none}
        onClick={() => apply({ archived: !archive })}
      >
        <Icon of={archive ? ArchiveRestore : Archive} />
      </IconButton>
      <IconButton label={t`Delete`} disabled={none} onClick={() => apply({ deleted: true })}>
        <Icon of={Trash2} />
      </IconButton>
      <IconButton label={t`Cancel selection`} onClick={() => listView.select(null)}>
        <Icon of={X} />
      </IconButton>
    </div>
  )
}
