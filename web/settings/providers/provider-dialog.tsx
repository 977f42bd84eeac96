import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProviderInfo } from '#shared/api.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { PRESETS } from './presets.ts'
import { PresetChoice } from './preset-choice.tsx'
import { ProviderFields } from './provider-fields.tsx'
import { fromPreset, fromProvider, type ProviderForm, wrongFields } from './provider-form.ts'
import { t } from '#shared/translate.ts'

interface ProviderDialogProps {
  /** Null for a new provider. */
  provider: ProviderInfo | null
  /** The names in use. */
  taken: string[]
  keysEncrypted: boolean
  /** The dialog closes when this resolves. */
  onSave: (form: ProviderForm) => Promise<unknown>
  onDropKey: () => Promise<unknown>
  onClose: () => void
}

const OTHER = PRESETS.length - 1

export function ProviderDialog({ provider, taken, onSave, onClose, ...rest }: ProviderDialogProps) {
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
  const save = () => {
    setTried(true)
    if (wrongFields(form).length === 0) saving.mutate(form)
  }

  return (
    <FormDialog
      title={provider === null ? t`Add a provider` : t`Edit ${provider.name}`}
      onClose={onClose}
      onSubmit={save}
      saving={saving}
      isWrong={wrong.length > 0}
    >
      {provider === null && <PresetChoice chosen={chosen} onChoose={choose} />}
      <ProviderFields
        form={form}
        wrong={wrong}
        provider={provider}
        keyHint={preset?.keyHint ?? ''}
        onForm={setForm}
        {...rest}
      />
    </FormDialog>
  )
}

function startOf(provider: ProviderInfo | null, taken: string[]): ProviderForm {
  const [first] = PRESETS
  if (provider !== null) return fromProvider(provider)
  if (first === undefined) throw new Error('There are no presets.')
  return fromPreset(first, taken)
}
