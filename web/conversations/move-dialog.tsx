import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Folder as FolderIcon, FolderX } from 'lucide'
import { type ReactNode, type SubmitEvent, useState } from 'react'
import type { ConversationSummary } from '#shared/conversation.ts'
import { MAX_FOLDER_NAME_CHARS } from '#shared/limits.ts'
import { visibleText } from '#shared/visible-text.ts'
import { createFolder, foldersQuery } from '../api/organize.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Field } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { listView } from './list-view.ts'
import { useChange } from './use-change.ts'
import { plural, t } from '#shared/translate.ts'

interface MoveDialogProps {
  items: ConversationSummary[]
  onClose: () => void
}

/** Chooses the folder that conversations are moved to, or makes one. */
export function MoveDialog({ items, onClose }: MoveDialogProps) {
  const folders = useQuery(foldersQuery())
  const change = useChange()
  const [only] = items
  const current = items.length === 1 ? only?.folderId : undefined
  const what = plural(items.length, {
    one: t`“${visibleText(only?.title ?? '')}”`,
    other: t`${items.length} conversations`,
  })
  const move = (folderId: string | null, where?: string) => {
    onClose()
    listView.select(null)
    change(items, { folderId }, where)
  }
  return (
    <Dialog open onOpenChange={onClose} title={t`Move ${what}`}>
      {folders.isPending && <Skeleton className="h-24 w-full" />}
      {folders.isError && (
        <ErrorState
          title={t`The folders could not be loaded`}
          error={folders.error}
          onRetry={() => void folders.refetch()}
        />
      )}
      <ul className="space-y-0.5">
        {folders.data?.map(({ id, name }) => (
          <li key={id}>
            <Choice
              icon={<Icon of={FolderIcon} />}
              current={id === current}
              onClick={() => move(id, `“${visibleText(name)}”`)}
            >
              {visibleText(name)}
            </Choice>
          </li>
        ))}
        {items.some(({ folderId }) => folderId !== null) && (
          <li>
            <Choice icon={<Icon of={FolderX} />} onClick={() => move(null)}>
              {t`No folder`}
            </Choice>
          </li>
        )}
      </ul>
      {folders.data !== undefined && (
        <NewFolder onMade={(id, name) => move(id, `“${visibleText(name)}”`)} />
      )}
    </Dialog>
  )
}

interface ChoiceProps {
  icon: ReactNode
  current?: boolean
  onClick: () => void
  children: ReactNode
}

function Choice({ icon, current = false, onClick, children }: ChoiceProps) {
  return (
    <button
      type="button"
      disabled={current}
      className="flex min-h-10 w-full items-center gap-2.5 rounded-lg px-2.5 text-left text-sm hover:bg-sunken disabled:hover:bg-transparent pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted"
      onClick={onClick}
    >
      {icon}
      <span className="min-w-0 wrap-anywhere">{children}</span>
      {current && <span className="ml-auto shrink-0 text-xs text-muted">{t`It is here`}</span>}
    </button>
  )
}

function NewFolder({ onMade }: { onMade: (id: string, name: string) => void }) {
  const client = useQueryClient()
  const [name, setName] = useState('')
  const making = useMutation({
    mutationFn: () => createFolder({ name }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries(foldersQuery())
      onMade(id, name)
    },
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (name.trim() !== '') making.mutate()
  }
  return (
    <form className="flex items-end gap-2 pt-4" onSubmit={submit}>
      <Field
        label={t`New folder`}
        className="min-w-0 flex-1"
        {...(making.error && { hint: making.error.message, wrong: true })}
      >
        {({ className, ...control }) => (
          <input
            {...control}
            className={`${className} h-10 px-3 pointer-coarse:h-11`}
            autoComplete="off"
            maxLength={MAX_FOLDER_NAME_CHARS}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" className="h-10" busy={making.isPending} disabled={name.trim() === ''}>
        {t`Make and move`}
      </Button>
    </form>
  )
}
