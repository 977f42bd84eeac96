import { Check } from 'lucide'
import { useId } from 'react'
import { Icon } from '../../ui/icon.tsx'
import { chooseTheme, THEMES, useTheme } from '../../ui/theme.ts'

export function ThemeField() {
  const group = useId()
  const chosen = useTheme()
  return (
    <fieldset className="py-5">
      <legend className="float-left w-full font-medium">Theme</legend>
      <p className="clear-both pt-0.5 text-sm text-muted">Kept in this browser.</p>
      <div className="flex flex-wrap gap-2 pt-3">
        {THEMES.map(({ name, label, icon }) => (
          <label
            key={name}
            className="relative flex h-10 items-center gap-2 rounded-lg border border-line-strong px-3.5 text-sm has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent pointer-coarse:h-11"
          >
            <input
              type="radio"
              name={group}
              className="peer absolute inset-0 cursor-pointer opacity-0"
              checked={name === chosen}
              onChange={() => chooseTheme(name)}
            />
            <Icon of={icon} className="size-4 text-muted" />
            {label}
            <Icon of={Check} className="hidden size-4 text-accent peer-checked:block" />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
