import { type SubmitEvent, useState } from 'react'
import { type ConversationSummary, MAX_TITLE_CHARS } from '#shared/api.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { useRename } from './use-rename.ts'
import { t } from '#shared/translate.ts'

interface RenameDialogProps {
  conversation: ConversationSummary
  onClose: () => void
}

/** Renames a conversation from where it is open. */
export function RenameDialog({ conversation: { id, title }, onClose }: RenameDialogProps) {
  const rename = useRename(id, title)
  const [wanted, setWanted] = useState(title)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    onClose()
    if (wanted.trim() !== title) rename(wanted.trim())
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t`Rename conversation`}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button variant="primary" type="submit" form="rename" disabled={wanted.trim() === ''}>
            {t`Rename`}
          </Button>
        </>
      }
    >
      <form id="rename" onSubmit={submit}>
        <Field label={t`Conversation title`}>
          {({ className, ...control }) => (
            <input
              {...control}
              data-autofocus
              className={`${className} h-10 px-3 pointer-coarse:h-11`}
              autoComplete="off"
              maxLength={MAX_TITLE_CHARS}
              value={wanted}
              onFocus={(event) => event.target.select()}
              onChange={(event) => setWanted(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  )
}
