import { Monitor, Moon, Sun } from 'lucide'
import { useState } from 'react'
import { Icon } from './icon.tsx'
import { laterMenu, Menu } from './menu.tsx'
import { readStored, writeStored } from './stored.ts'

const ThemeChoices = laterMenu(() => import('./theme-choices.tsx'), 'ThemeChoices')

const THEMES = [
  { name: 'light', label: 'Light', icon: Sun },
  { name: 'dark', label: 'Dark', icon: Moon },
  { name: 'system', label: 'System', icon: Monitor },
]
// theme.js reads it before the first paint, and again at every `themechange`.
const STORED = 'tally.theme'

export function ThemeMenu() {
  const [chosen, setChosen] = useState(() => readStored(STORED) ?? 'system')
  const choose = (name: string) => {
    writeStored(STORED, name)
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
