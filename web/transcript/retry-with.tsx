import { ChevronDown } from 'lucide'
import type { ReactNode } from 'react'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { t } from '#shared/translate.ts'

/** Opens to what an answer can be tried again with. */
export function RetryWith({ children }: { children: ReactNode }) {
  return (
    <Menu label={t`Answer again with…`} icon={<Icon of={ChevronDown} />} className="-ml-1.5 w-6!">
      {children}
    </Menu>
  )
}
