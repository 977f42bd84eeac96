import type { ReactNode } from 'react'
import { visibleText } from '#shared/visible-text.ts'
import type { QuestionField } from '#shared/waits.ts'
import { Field } from '../ui/field.tsx'
import type { FieldValues } from './form-answer.ts'
import { t } from '#shared/translate.ts'

interface QuestionFieldsProps {
  fields: readonly QuestionField[]
  values: FieldValues
  onChange: (values: FieldValues) => void
}

/** The small form of a question. */
export function QuestionFields({ fields, values, onChange }: QuestionFieldsProps) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {fields.map((field) => (
        <OneField
          key={field.name}
          field={field}
          value={values[field.name]}
          onValue={(value) => onChange({ ...values, [field.name]: value })}
        />
      ))}
    </div>
  )
}

interface OneFieldProps {
  field: QuestionField
  value: string | boolean | undefined
  onValue: (value: string | boolean) => void
}

function OneField({ field, value, onValue }: OneFieldProps): ReactNode {
  const { type, required, options = [] } = field
  const label =
    required || type === 'boolean'
      ? visibleText(field.label)
      : t`${visibleText(field.label)} (optional)`
  const text = typeof value === 'string' ? value : ''
  if (type === 'boolean') {
    return (
      <label className="flex min-h-10 items-center gap-2 self-end pointer-coarse:min-h-11">
        <input
          type="checkbox"
          checked={value === true}
          className="size-4 accent-accent"
          onChange={(event) => onValue(event.target.checked)}
        />
        {label}
      </label>
    )
  }
  return (
    <Field label={label}>
      {({ className, ...control }) =>
        type === 'choice' ? (
          <select
            {...control}
            value={text}
            className={`${className} h-10 px-3 pointer-coarse:h-11`}
            onChange={(event) => onValue(event.target.value)}
          >
            <option value="">{t`Choose`}</option>
            {options.map((option) => (
              <option key={option} value={option}>
                {visibleText(option)}
              </option>
            ))}
          </select>
        ) : (
          <input
            {...control}
            inputMode={type === 'number' ? 'decimal' : undefined}
            value={text}
            className={`${className} h-10 px-3 pointer-coarse:h-11`}
            onChange={(event) => onValue(event.target.value)}
          />
        )
      }
    </Field>
  )
}
