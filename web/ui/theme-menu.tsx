import { Contrast } from 'lucide'
import { Icon } from './icon.tsx'
import { lazyMenu, Menu } from './menu.tsx'
import { t } from '#shared/translate.ts'

const ThemeChoices = lazyMenu(() => import('./theme-choices.tsx'), 'ThemeChoices')

export function ThemeMenu() {
  return (
    <Menu label={t`Theme`} icon={<Icon of={Contrast} />} placement="above-left">
      <ThemeChoices />
    </Menu>
  )
}
