import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProviderInfo } from '#shared/api.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useTriedForm } from '../../ui/use-tried-form.ts'
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
  const { form, change, wrong, submit, forget } = useTriedForm(
    () => startOf(provider, taken),
    wrongFields,
  )
  const saving = useMutation({ mutationFn: onSave, onSuccess: onClose })

  const choose = (index: number) => {
    const next = PRESETS[index]
    if (next === undefined) return
    setChosen(index)
    forget()
    saving.reset()
    const { name, baseUrl, api } = fromPreset(next, taken)
    change({ name, baseUrl, api })
  }

  return (
    <FormDialog
      title={provider === null ? t`Add a provider` : t`Edit ${provider.name}`}
      onClose={onClose}
      onSubmit={() => submit(saving.mutate)}
      saving={saving}
      isWrong={wrong.length > 0}
    >
      {provider === null && <PresetChoice chosen={chosen} onChoose={choose} />}
      <ProviderFields
        form={form}
        wrong={wrong}
        provider={provider}
        keyHint={preset?.keyHint ?? ''}
        onForm={change}
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
