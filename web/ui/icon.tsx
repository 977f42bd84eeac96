import type { IconNode } from 'lucide'
import type { ComponentProps } from 'react'

/** A drawing of Lucide. It stands beside words or on a button that has a name, so it says nothing itself. */
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
      {of.map(([Shape, place], index) => (
        <Shape key={index} {...place} />
      ))}
    </svg>
  )
}
