import { type ComponentProps, type ReactNode, useId } from 'react'

const CONTROL =
  'w-full rounded-lg border border-line-strong bg-surface text-sm placeholder:text-muted aria-invalid:border-danger'

interface FieldProps {
  label: string
  /** What to enter; shown as an error if `wrong`. */
  hint?: ReactNode
  wrong?: boolean
  className?: string
  children: (control: ControlProps) => ReactNode
}

type ControlProps = Pick<
  ComponentProps<'input'>,
  'id' | 'className' | 'aria-describedby' | 'aria-invalid'
>

/** A label, control and hint, linked for screen readers. */
export function Field({ label, hint, wrong = false, className = '', children }: FieldProps) {
  const id = useId()
  const hintId = `${id}-hint`
  return (
    <div className={className}>
      <label htmlFor={id} className="block pb-1 text-sm font-medium">
        {label}
      </label>
      {children({
        id,
        className: CONTROL,
        ...(hint !== undefined && { 'aria-describedby': hintId }),
        ...(wrong && { 'aria-invalid': true }),
      })}
      {hint !== undefined && (
        <p id={hintId} className={`pt-1 text-xs ${wrong ? 'text-danger' : 'text-muted'}`}>
          {hint}
        </p>
      )}
    </div>
  )
}
