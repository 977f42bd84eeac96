import type { IconNode } from 'lucide'
import type { ComponentProps } from 'react'

/** A Lucide icon. It is hidden from screen readers because text or a named button goes with it. */
export function Icon({ of, ...rest }: { of: IconNode } & ComponentProps<'svg'>) {
  return (
    <svg
      aria-hidden
      width="24"
      height="24"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      {...rest}
    >
      {of.map(([Shape, attributes], index) => (
        <Shape key={index} {...attributes} />
      ))}
    </svg>
  )
}
