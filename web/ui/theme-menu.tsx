import { Monitor, Moon, Sun } from 'lucide'
import { useState } from 'react'
import { Icon } from './icon.tsx'
import { laterMenu, Menu } from './menu.tsx'

const ThemeChoices = laterMenu(() => import('./theme-choices.tsx'), 'ThemeChoices')

const THEMES = [
  { name: 'light', label: 'Light', icon: Sun },
  { name: 'dark', label: 'Dark', icon: Moon },
  { name: 'system', label: 'System', icon: Monitor },
]
// theme.js reads it before the first paint, and again at every `themechange`.
const STORED = 'tally.theme'

export function ThemeMenu() {
  const [chosen, setChosen] = useState(storedTheme)
  const choose = (name: string) => {
    localStorage.setItem(STORED, name)
    dispatchEvent(new Event('themechange'))
    setChosen(name)
  }
  const current = THEMES.find((theme) => theme.name === chosen)?.icon ?? Monitor
  return (
    <Menu label="Theme" icon={<Icon of={current} />} place="above-left">
      <ThemeChoices themes={THEMES} chosen={chosen} onChoose={choose} />
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
