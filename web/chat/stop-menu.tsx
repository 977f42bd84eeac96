import { MenuItem, MenuItems } from '../ui/menu-items.tsx'

/** The other way to end an answer: it is hidden, and paid and counted to its end. */
export function StopMenu({ onFinishCounting }: { onFinishCounting: () => void }) {
  return (
    <MenuItems>
      <MenuItem
        about="Ends the answer here. The provider goes on, unseen, until it reports the exact cost."
        onSelect={onFinishCounting}
      >
        Hide and finish counting
      </MenuItem>
    </MenuItems>
  )
}
