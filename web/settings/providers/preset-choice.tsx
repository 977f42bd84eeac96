import { Check } from 'lucide'
import { useId } from 'react'
import { Icon } from '../../ui/icon.tsx'
import { PRESETS } from './presets.ts'
import { t } from '#shared/translate.ts'

const FOUND_BY_ITSELF = t`On this computer Tally finds it at its usual port, without any setting and free of charge. Add it here if it has another address or a key.`

interface PresetChoiceProps {
  /** The index of the chosen preset. */
  chosen: number
  onChoose: (index: number) => void
}

/** Chooses a preset, which fills the fields below. */
export function PresetChoice({ chosen, onChoose }: PresetChoiceProps) {
  const group = useId()
  return (
    <fieldset>
      <legend className="pb-1.5 text-sm font-medium">{t`What do you want to connect?`}</legend>
      <div className="flex flex-wrap gap-1.5">
        {PRESETS.map(({ label }, index) => (
          <label
            key={label}
            className="relative flex h-9 items-center gap-1.5 rounded-lg border border-line-strong px-2.5 text-sm has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent pointer-coarse:h-11"
          >
            <input
              type="radio"
              name={group}
              className="peer absolute inset-0 cursor-pointer opacity-0"
              checked={index === chosen}
              onChange={() => onChoose(index)}
            />
            {label}
            <Icon of={Check} className="hidden size-4 text-accent peer-checked:block" />
          </label>
        ))}
      </div>
      <output className="block pt-1.5 text-xs text-muted">
        {PRESETS[chosen]?.isLocal && FOUND_BY_ITSELF}
      </output>
    </fieldset>
  )
}
