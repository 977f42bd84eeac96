import { ChevronUp } from 'lucide'
import type { StopMode } from '#shared/stop-run.ts'
import { Icon } from '../ui/icon.tsx'
import { MenuItem, MenuItems } from '../ui/menu-items.tsx'
import { Menu } from '../ui/menu.tsx'
import { t } from '#shared/translate.ts'

/** Another way to stop: the rest of the answer is hidden, but read to its end, so that its cost is exact. */
export function MoreStops({ onStop }: { onStop: (mode: StopMode) => void }) {
  return (
    <Menu
      label={t`More ways to stop`}
      icon={<Icon of={ChevronUp} />}
      placement="above-right"
      className="rounded-full"
    >
      <MenuItems>
        <MenuItem
          about={t`Ends the answer here. The provider goes on, unseen, until it reports the exact cost.`}
          onSelect={() => onStop('finish_counting')}
        >
          {t`Hide and finish counting`}
        </MenuItem>
      </MenuItems>
    </Menu>
  )
}
