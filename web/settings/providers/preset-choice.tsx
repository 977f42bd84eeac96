import { Check } from 'lucide'
import { useId } from 'react'
import { Icon } from '../../ui/icon.tsx'
import { PRESETS } from './presets.ts'

const FOUND_BY_ITSELF =
  'On its usual port of this computer it is found by itself, without a setting and without a price. Add it for another address, or with a key.'

interface PresetChoiceProps {
  /** Its place in the list. */
  chosen: number
  onChoose: (index: number) => void
}

/** What is connected; each fills the fields below with what is known about it. */
export function PresetChoice({ chosen, onChoose }: PresetChoiceProps) {
  const group = useId()
  return (
    <fieldset>
      <legend className="pb-1.5 text-sm font-medium">What do you want to connect?</legend>
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
