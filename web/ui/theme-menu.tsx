import { Monitor } from 'lucide'
import { Icon } from './icon.tsx'
import { laterMenu, Menu } from './menu.tsx'
import { chooseTheme, THEMES, useTheme } from './theme.ts'

const ThemeChoices = laterMenu(() => import('./theme-choices.tsx'), 'ThemeChoices')

export function ThemeMenu() {
  const chosen = useTheme()
  const current = THEMES.find((theme) => theme.name === chosen)?.icon ?? Monitor
  return (
    <Menu label="Theme" icon={<Icon of={current} />} place="above-left">
      <ThemeChoices themes={THEMES} chosen={chosen} onChoose={chooseTheme} />
    </Menu>
  )
}
