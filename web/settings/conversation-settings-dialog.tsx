import '../pages.css'
import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useId, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import {
  type Configured,
  type FieldName,
  parseForm,
  type SettingsChange,
  toForm,
} from './settings-form.ts'
import { SettingsFields } from './settings-fields.tsx'

interface ConversationSettingsDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** A conversation, or what the next one will start with. */
  value: Configured
  /** The dialog closes when it resolves, and shows the message of the error when it does not. */
  onSave: (change: SettingsChange) => Promise<unknown>
}

export function ConversationSettingsDialog({ open, ...rest }: ConversationSettingsDialogProps) {
  return open ? <OpenSettings {...rest} /> : null
}

function OpenSettings({
  onOpenChange,
  value,
  onSave,
}: Omit<ConversationSettingsDialogProps, 'open'>) {
  const formId = useId()
  const [form, setForm] = useState(() => toForm(value))
  const [wrong, setWrong] = useState<FieldName[]>([])
  const saving = useMutation({ mutationFn: onSave, onSuccess: () => onOpenChange(false) })

  const save = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const parsed = parseForm(form)
    setWrong(parsed.ok ? [] : parsed.wrong)
    if (parsed.ok) saving.mutate(parsed.change)
    else focusField(event.currentTarget, parsed.wrong[0])
  }

  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title="Conversation settings"
      footer={
        <>
          {saving.error !== null && (
            <p role="alert" className="mr-auto text-sm text-danger">
              {saving.error.message}
            </p>
          )}
          <Button look="quiet" onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button look="primary" type="submit" form={formId} busy={saving.isPending}>
            Save
          </Button>
        </>
      }
    >
      <form id={formId} noValidate className="space-y-5" onSubmit={save}>
        <SettingsFields
          form={form}
          wrong={wrong}
          withTitle={value.title !== null}
          onField={(name, text) => setForm((before) => ({ ...before, [name]: text }))}
        />
      </form>
    </Dialog>
  )
}

function focusField(form: HTMLFormElement, name: FieldName | undefined) {
  form.querySelector<HTMLElement>(`[name=${name}]`)?.focus()
}
