import { Check } from 'lucide'
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { Icon } from './icon.tsx'
import { focusFirst, moveFocus } from './menu-focus.ts'
import { closePopup } from './popup.ts'

/** Contains `MenuItem`s and `MenuChoice`s and handles the keyboard. */
export function MenuItems({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const items = ref.current
    const panel = items?.closest('[popover]')
    if (!items || !panel) return
    const focus = () => focusFirst(items)
    // The panel is already open if the items had to be loaded, and opens later otherwise.
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
  /** A description below the label. */
  about?: string
  /** Whether the items that it unfolds are shown. Such an item does not close the menu. */
  expanded?: boolean
  onSelect: () => void
  children: ReactNode
}

export function MenuItem({
  icon,
  danger = false,
  about,
  expanded,
  onSelect,
  children,
}: MenuItemProps) {
  const id = useId()
  const color = danger ? 'text-danger focus:bg-danger-soft' : 'focus:bg-sunken'
  return (
    <>
      <button
        type="button"
        role="menuitem"
        tabIndex={-1}
        aria-describedby={about === undefined ? undefined : id}
        aria-expanded={expanded}
        className={`${ROW} ${color}`}
        onPointerEnter={focusIt}
        onClick={({ currentTarget }) => {
          if (expanded === undefined) closePopup(currentTarget)
          onSelect()
        }}
      >
        {icon}
        {children}
      </button>
      {about !== undefined && (
        <p id={id} className="max-w-64 px-2.5 pt-0.5 pb-2 text-xs/5 text-muted">
          {about}
        </p>
      )}
    </>
  )
}

interface MenuChoiceProps extends Omit<MenuItemProps, 'danger' | 'about' | 'expanded'> {
  chosen: boolean
}

/** A radio item: exactly one of a group is chosen. */
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
