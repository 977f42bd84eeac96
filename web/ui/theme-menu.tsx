import { Monitor, Moon, Sun } from 'lucide'
import { useState } from 'react'
import { Icon } from './icon.tsx'
import { Menu, MenuChoice } from './menu.tsx'
import type { PopupPlace } from './popup.ts'

const THEMES = [
  { name: 'light', label: 'Light', icon: Sun },
  { name: 'dark', label: 'Dark', icon: Moon },
  { name: 'system', label: 'System', icon: Monitor },
]
// theme.js reads it before the first paint, and again at every `themechange`.
const STORED = 'tally.theme'

export function ThemeMenu({ place = 'above-left' }: { place?: PopupPlace }) {
  const [chosen, setChosen] = useState(storedTheme)
  const choose = (name: string) => {
    localStorage.setItem(STORED, name)
    dispatchEvent(new Event('themechange'))
    setChosen(name)
  }
  const current = THEMES.find((theme) => theme.name === chosen)?.icon ?? Monitor
  return (
    <Menu label="Theme" icon={<Icon of={current} />} place={place}>
      {THEMES.map(({ name, label, icon }) => (
        <MenuChoice
          key={name}
          icon={<Icon of={icon} className="text-muted" />}
          chosen={name === chosen}
          onSelect={() => choose(name)}
        >
          {label}
        </MenuChoice>
      ))}
    </Menu>
  )
}

function storedTheme(): string {
  try {
    return localStorage.getItem(STORED) ?? 'system'
  } catch {
    return 'system'
  }
}
