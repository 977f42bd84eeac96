import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { FormDialog } from '../ui/form-dialog.tsx'
import {
  type Configured,
  type FieldName,
  parseForm,
  type SettingsChange,
  toForm,
} from './settings-form.ts'
import { SettingsFields } from './settings-fields.tsx'
import { t } from '#shared/translate.ts'

interface ConversationSettingsDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** The settings of a conversation or of a new chat. */
  value: Configured
  /** The dialog closes when this resolves; otherwise it shows the error. */
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
  const [form, setForm] = useState(() => toForm(value))
  const [wrong, setWrong] = useState<FieldName[]>([])
  const saving = useMutation({ mutationFn: onSave, onSuccess: () => onOpenChange(false) })

  const save = (element: HTMLFormElement) => {
    const parsed = parseForm(form)
    setWrong(parsed.ok ? [] : parsed.wrong)
    if (parsed.ok) saving.mutate(parsed.change)
    else focusField(element, parsed.wrong[0])
  }

  return (
    <FormDialog
      title={t`Conversation settings`}
      onClose={() => onOpenChange(false)}
      onSubmit={save}
      saving={saving}
      isWrong={wrong.length > 0}
    >
      <SettingsFields
        form={form}
        wrong={wrong}
        withTitle={value.title !== null}
        onField={(name, text) => setForm((before) => ({ ...before, [name]: text }))}
      />
    </FormDialog>
  )
}

function focusField(form: HTMLFormElement, name: FieldName | undefined) {
  form.querySelector<HTMLElement>(`[name=${name}]`)?.focus()
}
