import { useId } from 'react'
import { TextField } from '../text-field.tsx'
import { RATES, type RateTexts } from './price-form.ts'

interface CheckFieldProps {
  label: string
  checked: boolean
  onCheck: (checked: boolean) => void
}

export function CheckField({ label, checked, onCheck }: CheckFieldProps) {
  const id = useId()
  return (
    <div className="flex items-center gap-2 text-sm">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        className="size-4 accent-accent"
        onChange={(event) => onCheck(event.target.checked)}
      />
      <label htmlFor={id}>{label}</label>
    </div>
  )
}

/** The suggestions of a provider field. */
export function ProviderNames({ id, names }: { id: string; names: string[] }) {
  return (
    <datalist id={id}>
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </datalist>
  )
}

interface RateFieldsProps {
  texts: RateTexts
  /** The path of these rates in the price, like `tiers.0.rates`. */
  path: string
  wrong: string[]
  onTexts: (texts: RateTexts) => void
}

export function RateFields({ texts, path, wrong, onTexts }: RateFieldsProps) {
  return (
    <div className="grid grid-cols-2 gap-x-5 gap-y-4 sm:grid-cols-3">
      {RATES.map(({ name, label, hint }) => (
        <TextField
          key={name}
          label={label}
          {...(hint !== null && { hint })}
          inputMode="decimal"
          text={texts[name]}
          wrong={wrong.includes(`${path}.${name}`)}
          onText={(text) => onTexts({ ...texts, [name]: text })}
        />
      ))}
    </div>
  )
}
