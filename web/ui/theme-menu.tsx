import { Contrast } from 'lucide'
import { Icon } from './icon.tsx'
import { lazyMenu, Menu } from './menu.tsx'

const ThemeChoices = lazyMenu(() => import('./theme-choices.tsx'), 'ThemeChoices')

export function ThemeMenu() {
  return (
    <Menu label="Theme" icon={<Icon of={Contrast} />} placement="above-left">
      <ThemeChoices />
    </Menu>
  )
}
