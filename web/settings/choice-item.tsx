import { Check } from 'lucide'
import type { ReactNode } from 'react'
import { Icon } from '../ui/icon.tsx'
import { closePopup } from '../ui/popup.ts'

interface ChoiceItemProps {
  chosen: boolean
  onChoose: () => void
  className?: string
  children: ReactNode
}

/** One of the choices of a menu, which closes with it. */
export function ChoiceItem({ chosen, onChoose, className = '', children }: ChoiceItemProps) {
  return (
    <button
      type="button"
      role="menuitemradio"
      aria-checked={chosen}
      tabIndex={-1}
      className={`flex min-h-11 w-full gap-2 rounded-lg px-2.5 py-1.5 text-left outline-none hover:bg-sunken focus:bg-sunken ${className}`}
      onClick={({ currentTarget }) => {
        closePopup(currentTarget)
        onChoose()
      }}
    >
      <span className="min-w-0 flex-1">{children}</span>
      {chosen && <Icon of={Check} className="mt-0.5 size-4 shrink-0 text-accent" />}
    </button>
  )
}
