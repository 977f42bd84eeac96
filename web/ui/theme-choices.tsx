import { Icon } from './icon.tsx'
import { MenuChoice, MenuItems } from './menu-items.tsx'
import { chooseTheme, THEMES, useTheme } from './theme.ts'

export function ThemeChoices() {
  const chosen = useTheme()
  return (
    <MenuItems>
      {THEMES.map(({ name, label, icon }) => (
        <MenuChoice
          key={name}
          icon={<Icon of={icon} className="text-muted" />}
          chosen={name === chosen}
          onSelect={() => chooseTheme(name)}
        >
          {label}
        </MenuChoice>
      ))}
    </MenuItems>
  )
}
