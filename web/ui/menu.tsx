import { Check } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { IconButton } from './icon-button.tsx'
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
    onShown: (menu) => (menu.querySelector<HTMLElement>(CHOSEN) ?? itemsOf(menu)[0])?.focus(),
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
      {chosen && <Check aria-hidden className="text-accent" />}
    </button>
  )
}

const ROW =
  'flex h-9 w-full items-center gap-2.5 rounded-lg px-2.5 text-left whitespace-nowrap outline-none pointer-coarse:h-11 [&_svg]:size-4'
const CHOSEN = '[aria-checked=true]'

function focusIt(event: { currentTarget: HTMLElement }) {
  event.currentTarget.focus()
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role^=menuitem]')]
}

function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const items = itemsOf(event.currentTarget)
  const current = items.findIndex((item) => item === document.activeElement)
  const next = nextIndex(event, items, current)
  if (event.key === 'Tab') event.currentTarget.hidePopover()
  if (next === null) return
  event.preventDefault()
  items.at(next)?.focus()
}

function nextIndex({ key }: KeyboardEvent, items: HTMLElement[], current: number): number | null {
  if (key === 'ArrowDown') return (current + 1) % items.length
  if (key === 'ArrowUp') return current <= 0 ? -1 : current - 1
  if (key === 'Home') return 0
  if (key === 'End') return -1
  if (key.length !== 1 || key === ' ') return null
  const found = items.findIndex((item) =>
    item.textContent.trim().toLowerCase().startsWith(key.toLowerCase()),
  )
  return found === -1 ? null : found
}
