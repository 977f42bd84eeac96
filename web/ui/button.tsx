import type { ComponentProps } from 'react'
import { Spinner } from './spinner.tsx'

const VARIANTS = {
  primary: 'bg-accent text-on-accent brighten',
  secondary: 'border border-line bg-surface text-ink hover:bg-sunken disabled:hover:bg-surface',
  quiet: 'text-muted hover:bg-sunken hover:text-ink',
  danger: 'text-danger hover:bg-danger-soft',
}

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: keyof typeof VARIANTS
  /** Shows a spinner and ignores clicks. */
  busy?: boolean
}

export function Button({
  variant = 'secondary',
  busy = false,
  disabled = false,
  className = '',
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={`inline-flex h-9 items-center justify-center gap-2 rounded-lg px-3.5 text-sm font-medium whitespace-nowrap transition-colors disabled:opacity-50 pointer-coarse:h-11 ${VARIANTS[variant]} ${className}`}
      {...rest}
    >
      {busy && <Spinner />}
      {children}
    </button>
  )
}
