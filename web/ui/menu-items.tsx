import { Check } from 'lucide'
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { Icon } from './icon.tsx'
import { focusFirst, moveFocus } from './menu-focus.ts'
import { closePopup } from './popup.ts'

/** `MenuItem`s and `MenuChoice`s, and the keyboard's way through them. */
export function MenuItems({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const items = ref.current
    const panel = items?.closest('[popover]')
    if (!items || !panel) return
    const focus = () => focusFirst(items)
    // When they had to be loaded, their panel is on the screen already; else it will be soon.
    focus()
    panel.addEventListener('toggle', focus)
    return () => panel.removeEventListener('toggle', focus)
  }, [])
  return (
    <div ref={ref} role="none" onKeyDown={moveFocus}>
      {children}
    </div>
  )
}

interface MenuItemProps {
  icon?: ReactNode
  danger?: boolean
  /** What it does, below its name. */
  about?: string
  onSelect: () => void
  children: ReactNode
}

export function MenuItem({ icon, danger = false, about, onSelect, children }: MenuItemProps) {
  const id = useId()
  const look = danger ? 'text-danger focus:bg-danger-soft' : 'focus:bg-sunken'
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      {...(about !== undefined && { 'aria-labelledby': id, 'aria-describedby': `${id}about` })}
      className={`${ROW} ${look} ${about === undefined ? LINE : 'py-2'}`}
      onPointerEnter={focusIt}
      onClick={({ currentTarget }) => {
        closePopup(currentTarget)
        onSelect()
      }}
    >
      {icon}
      {about === undefined ? (
        children
      ) : (
        <span className="max-w-64">
          <span id={id} className="block">
            {children}
          </span>
          <span id={`${id}about`} className="block text-xs/5 text-muted">
            {about}
          </span>
        </span>
      )}
    </button>
  )
}

interface MenuChoiceProps extends Omit<MenuItemProps, 'danger' | 'about'> {
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
      className={`${ROW} ${LINE} focus:bg-sunken`}
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
  'flex w-full items-center gap-2.5 rounded-lg px-2.5 text-left outline-none [&_svg]:size-4'
const LINE = 'h-9 whitespace-nowrap pointer-coarse:h-11'

function focusIt(event: { currentTarget: HTMLElement }) {
  event.currentTarget.focus()
}
