import { Monitor, Moon, Sun } from 'lucide-react'
import { useState } from 'react'
import { Menu, MenuChoice } from './menu.tsx'
import type { PopupPlace } from './popup.ts'

const THEMES = [
  { name: 'light', label: 'Light', Icon: Sun },
  { name: 'dark', label: 'Dark', Icon: Moon },
  { name: 'system', label: 'System', Icon: Monitor },
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
  const Current = THEMES.find((theme) => theme.name === chosen)?.Icon ?? Monitor
  return (
    <Menu label="Theme" icon={<Current aria-hidden />} place={place}>
      {THEMES.map(({ name, label, Icon }) => (
        <MenuChoice
          key={name}
          icon={<Icon aria-hidden className="text-muted" />}
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
