import { type ComponentType, type ReactNode, useId, useState } from 'react'
import { IconButton } from './icon-button.tsx'
import { lazyPart, NotLoaded } from './lazy-part.tsx'
import { type PopupPlacement, popupProps } from './popup.ts'
import { Spinner } from './spinner.tsx'
import { t } from '#shared/translate.ts'

interface MenuProps {
  label: string
  icon: ReactNode
  placement?: PopupPlacement
  className?: string
  tabIndex?: number
  /** The items, from `lazyMenu`. Rendered only while the menu is open. */
  children: ReactNode
}

export function Menu({
  label,
  icon,
  placement = 'below-right',
  className = '',
  tabIndex,
  children,
}: MenuProps) {
  const id = useId()
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton
        label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        popoverTarget={id}
        tabIndex={tabIndex}
        className={className}
      >
        {icon}
      </IconButton>
      <div
        {...popupProps(placement, 'min-w-40 p-1', setOpen)}
        id={id}
        role="menu"
        aria-label={label}
      >
        {open && children}
      </div>
    </>
  )
}

/** Splits off the items of a menu, which load when it is first opened. */
export function lazyMenu<Name extends string, Props extends object>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
  waiting = t`Loading`,
) {
  const Loading = () => (
    <div className="flex justify-center p-6 text-muted">
      <Spinner label={waiting} />
    </div>
  )
  return lazyPart(load, name, { fallback: Loading, failed: NotLoaded })
}
