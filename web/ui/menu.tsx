import { Check } from 'lucide'
import { type ReactNode, useId, useState } from 'react'
import { IconButton } from './icon-button.tsx'
import { Icon } from './icon.tsx'
import { focusFirst, moveFocus } from './menu-focus.ts'
import { closePopup, type PopupPlace, popupProps } from './popup.ts'

interface MenuProps {
  label: string
  icon: ReactNode
  place?: PopupPlace
  className?: string
  /** `MenuItem`s and `MenuChoice`s; rendered only while the menu is open. */
  children: ReactNode
}

export function Menu({ label, icon, place = 'below-right', className = '', children }: MenuProps) {
  const id = useId()
  const [open, setOpen] = useState(false)
  const popup = popupProps({
    place,
    className: 'min-w-40 p-1',
    onOpenChange: setOpen,
    onShown: focusFirst,
    onKeyDown: moveFocus,
  })
  return (
    <>
      <IconButton
        label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        popoverTarget={id}
        className={className}
      >
        {icon}
      </IconButton>
      <div {...popup} id={id} role="menu" aria-label={label}>
        {open && children}
      </div>
    </>
  )
}

interface MenuItemProps {
  icon?: ReactNode
  danger?: boolean
  onSelect: () => void
  children: ReactNode
}

export function MenuItem({ icon, danger = false, onSelect, children }: MenuItemProps) {
  const look = danger ? 'text-danger focus:bg-danger-soft' : 'focus:bg-sunken'
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className={`${ROW} ${look}`}
      onPointerEnter={focusIt}
      onClick={({ currentTarget }) => {
        closePopup(currentTarget)
        onSelect()
      }}
    >
      {icon}
      {children}
    </button>
  )
}

interface MenuChoiceProps extends Omit<MenuItemProps, 'danger'> {
  chosen: boolean
}

/** One of several of which exactly one is chosen. */
export function MenuChoice({ icon, chosen, onSelect, children }: MenuChoiceProps) {
  return (
    <button
      type="button"
      role="menuitemradio"
      aria-checked={chosen}
      tabIndex={-1}
      className={`${ROW} focus:bg-sunken`}
      onPointerEnter={focusIt}
      onClick={({ currentTarget }) => {
        closePopup(currentTarget)
        onSelect()
      }}
    >
      {icon}
      <span className="mr-auto">{children}</span>
      {chosen && <Icon of={Check} className="text-accent" />}
    </button>
  )
}

const ROW =
  'flex h-9 w-full items-center gap-2.5 rounded-lg px-2.5 text-left whitespace-nowrap outline-none pointer-coarse:h-11 [&_svg]:size-4'

function focusIt(event: { currentTarget: HTMLElement }) {
  event.currentTarget.focus()
}
