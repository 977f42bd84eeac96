import type { ComponentProps, ReactNode } from 'react'
import { Field } from '../ui/field.tsx'

type TextFieldProps = Pick<
  ComponentProps<'input'>,
  'autoComplete' | 'inputMode' | 'list' | 'maxLength' | 'name' | 'placeholder' | 'type'
> & {
  label: string
  hint?: ReactNode
  text: string
  wrong: boolean
  className?: string
  onText: (text: string) => void
}

export function TextField({
  label,
  hint,
  text,
  wrong,
  className = '',
  onText,
  ...input
}: TextFieldProps) {
  return (
    <Field label={label} hint={hint} wrong={wrong} className={className}>
      {({ className: variant, ...control }) => (
        <input
          autoComplete="off"
          {...control}
          {...input}
          value={text}
          className={`${variant} h-10 px-3 tabular-nums pointer-coarse:h-11`}
          onChange={(event) => onText(event.target.value)}
        />
      )}
    </Field>
  )
}
