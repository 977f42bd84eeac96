import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useId, useState } from 'react'
import type { ProviderInfo } from '#shared/api.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { PRESETS } from './presets.ts'
import { PresetChoice } from './preset-choice.tsx'
import { ProviderFields } from './provider-fields.tsx'
import { fromPreset, fromProvider, type ProviderForm, wrongFields } from './provider-form.ts'

interface ProviderDialogProps {
  /** Null: a new one. */
  provider: ProviderInfo | null
  /** The names that are taken. */
  taken: string[]
  keysEncrypted: boolean
  /** The dialog closes when it resolves. */
  onSave: (form: ProviderForm) => Promise<unknown>
  onDropKey: () => Promise<unknown>
  onClose: () => void
}

const OTHER = PRESETS.length - 1

export function ProviderDialog({ provider, taken, onSave, onClose, ...rest }: ProviderDialogProps) {
  const formId = useId()
  const [chosen, setChosen] = useState(0)
  const preset = provider === null ? PRESETS[chosen] : PRESETS[OTHER]
  const [form, setForm] = useState(() => startOf(provider, taken))
  const [isTried, setTried] = useState(false)
  const saving = useMutation({ mutationFn: onSave, onSuccess: onClose })
  const wrong = isTried ? wrongFields(form) : []

  const choose = (index: number) => {
    const next = PRESETS[index]
    if (next === undefined) return
    setChosen(index)
    setTried(false)
    saving.reset()
    const { name, baseUrl, api } = fromPreset(next, taken)
    setForm({ ...form, name, baseUrl, api })
  }
  const save = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (wrongFields(form).length === 0) saving.mutate(form)
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={provider === null ? 'Add a provider' : `Edit ${provider.name}`}
      footer={
        <>
          <p role="alert" className="mr-auto text-sm text-danger">
            {saving.error?.message ?? (wrong.length > 0 && 'Look at the fields marked in red.')}
          </p>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" form={formId} busy={saving.isPending}>
            Save
          </Button>
        </>
      }
    >
      <form id={formId} noValidate className="space-y-5" onSubmit={save}>
        {provider === null && <PresetChoice chosen={chosen} onChoose={choose} />}
        <ProviderFields
          form={form}
          wrong={wrong}
          provider={provider}
          keyHint={preset?.keyHint ?? ''}
          onForm={setForm}
          {...rest}
        />
      </form>
    </Dialog>
  )
}

function startOf(provider: ProviderInfo | null, taken: string[]): ProviderForm {
  const [first] = PRESETS
  if (provider !== null) return fromProvider(provider)
  if (first === undefined) throw new Error('There are no presets.')
  return fromPreset(first, taken)
}
