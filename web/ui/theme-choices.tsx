import type { IconNode } from 'lucide'
import { Icon } from './icon.tsx'
import { MenuChoice, MenuItems } from './menu-items.tsx'

interface ThemeChoicesProps {
  themes: { name: string; label: string; icon: IconNode }[]
  chosen: string
  onChoose: (name: string) => void
}

export function ThemeChoices({ themes, chosen, onChoose }: ThemeChoicesProps) {
  return (
    <MenuItems>
      {themes.map(({ name, label, icon }) => (
        <MenuChoice
          key={name}
          icon={<Icon of={icon} className="text-muted" />}
          chosen={name === chosen}
          onSelect={() => onChoose(name)}
        >
          {label}
        </MenuChoice>
      ))}
    </MenuItems>
  )
}
