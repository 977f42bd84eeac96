import type { ComponentProps } from 'react'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** The accessible name and, without a `title`, the tooltip. */
  label: string
}

export function IconButton({ label, className = '', children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`inline-flex size-8 shrink-0 items-center justify-center rounded-lg text-muted transition-colors hover:bg-sunken hover:text-ink disabled:opacity-50 aria-expanded:bg-sunken aria-expanded:text-ink pointer-coarse:size-11 [&_svg]:size-4 ${className}`}
      {...rest}
    >
      {children}
    </button>
  )
}
