import { useMutation } from '@tanstack/react-query'
import { Plus } from 'lucide'
import { useId, useState } from 'react'
import type { SetPrice } from '#shared/prices.ts'
import { Button } from '../../ui/button.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { NEW_TIER, parsePrice, type PriceForm, type TierForm } from './price-form.ts'
import { TextField } from '../text-field.tsx'
import { CheckField, ProviderNames, RateFields } from './price-fields.tsx'
import { TierFields } from './tier-fields.tsx'
import { t } from '#shared/translate.ts'

interface PriceDialogProps {
  title: string
  start: PriceForm
  providers: string[]
  /** The dialog closes when this resolves. */
  onSave: (price: SetPrice) => Promise<unknown>
  onClose: () => void
}

export function PriceDialog({ title, start, providers, onSave, onClose }: PriceDialogProps) {
  const [form, setForm] = useState(start)
  const [wrong, setWrong] = useState<string[]>([])
  const saving = useMutation({ mutationFn: onSave, onSuccess: onClose })

  const save = () => {
    const parsed = parsePrice(form)
    setWrong(parsed.ok ? [] : parsed.wrong)
    if (parsed.ok) saving.mutate(parsed.price)
  }

  return (
    <FormDialog
      title={title}
      onClose={onClose}
      onSubmit={save}
      saving={saving}
      isWrong={wrong.length > 0}
    >
      <ModelFields form={form} wrong={wrong} providers={providers} onForm={setForm} />
      <Rates form={form} wrong={wrong} onForm={setForm} />
      <Tiers form={form} wrong={wrong} onForm={setForm} />
      <DateFields form={form} wrong={wrong} onForm={setForm} />
    </FormDialog>
  )
}

interface PartProps {
  form: PriceForm
  wrong: string[]
  onForm: (form: PriceForm) => void
}

function ModelFields({ form, wrong, providers, onForm }: PartProps & { providers: string[] }) {
  const listId = useId()
  return (
    <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
      <TextField
        label={t`Model or pattern`}
        hint={t`gpt-4o, or gpt-4o* for every model that starts with it`}
        text={form.modelPattern}
        wrong={wrong.includes('modelPattern')}
        onText={(modelPattern) => onForm({ ...form, modelPattern })}
      />
      <TextField
        label={t`Provider`}
        hint={t`Leave blank for any provider`}
        text={form.provider}
        list={listId}
        wrong={wrong.includes('provider')}
        onText={(provider) => onForm({ ...form, provider })}
      />
      <ProviderNames id={listId} names={providers} />
    </div>
  )
}

function Rates({ form, wrong, onForm }: PartProps) {
  return (
    <fieldset className="space-y-4">
      <legend className="pb-1 text-sm font-semibold">{t`US dollars per million tokens`}</legend>
      <RateFields
        texts={form.rates}
        path="rates"
        wrong={wrong}
        onTexts={(rates) => onForm({ ...form, rates })}
      />
      <TextField
        label={t`US dollars per hour`}
        hint={t`For your own server. Each request is charged for its duration, and tokens may be free.`}
        inputMode="decimal"
        text={form.perHour}
        wrong={wrong.includes('perHourNanoUsd')}
        onText={(perHour) => onForm({ ...form, perHour })}
      />
      <CheckField
        label={t`Also where the provider names an amount itself`}
        checked={form.beatsReported}
        onCheck={(beatsReported) => onForm({ ...form, beatsReported })}
      />
    </fieldset>
  )
}

function Tiers({ form, wrong, onForm }: PartProps) {
  const { tiers } = form
  const change = (at: number, tier: TierForm) =>
    onForm({ ...form, tiers: tiers.map((one, index) => (index === at ? tier : one)) })
  return (
    <div className="space-y-3">
      {tiers.map((tier, at) => (
        <TierFields
          // The index is part of the key because tiers have no id.
          key={`${tiers.length}-${at}`}
          tier={tier}
          path={`tiers.${at}`}
          wrong={wrong}
          onTier={(changed) => change(at, changed)}
          onRemove={() => onForm({ ...form, tiers: tiers.filter((_, index) => index !== at) })}
        />
      ))}
      <Button onClick={() => onForm({ ...form, tiers: [...tiers, NEW_TIER] })}>
        <Icon of={Plus} className="size-4" />
        {t`Add a tier`}
      </Button>
    </div>
  )
}

function DateFields({ form, wrong, onForm }: PartProps) {
  return (
    <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
      <TextField
        label={t`First day`}
        hint={t`In UTC. Leave blank for no start`}
        type="date"
        text={form.from}
        wrong={wrong.includes('effectiveFrom')}
        onText={(from) => onForm({ ...form, from })}
      />
      <TextField
        label={t`Last day`}
        hint={t`Leave blank for no end`}
        type="date"
        text={form.to}
        wrong={wrong.includes('effectiveTo')}
        onText={(to) => onForm({ ...form, to })}
      />
      <TextField
        className="sm:col-span-2"
        label={t`Note`}
        hint={t`The source of the price, shown on receipts`}
        text={form.note}
        wrong={wrong.includes('note')}
        onText={(note) => onForm({ ...form, note })}
      />
    </div>
  )
}
