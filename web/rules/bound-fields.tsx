import { isDollars } from '#shared/rule-label.ts'
import type { RuleCondition } from '#shared/rules.ts'
import { visibleText } from '#shared/visible-text.ts'
import { Field } from '../ui/field.tsx'
import { type Bounds, parseBound } from './bound.ts'
import { t } from '#shared/translate.ts'

interface BoundFieldsProps {
  conditions: RuleCondition[]
  bounds: Bounds
  onBounds: (bounds: Bounds) => void
}

/** A field for each number that a rule limits. */
export function BoundFields({ conditions, bounds, onBounds }: BoundFieldsProps) {
  return conditions.map((condition) => {
    if (!('atMost' in condition)) return null
    const { field } = condition
    const text = bounds[field] ?? ''
    const wrong = Number.isNaN(parseBound(text))
    return (
      <Field
        key={field}
        label={t`${visibleText(field)} up to`}
        hint={wrong ? t`A number, like 20` : isDollars(field) ? t`In dollars` : t`A number`}
        wrong={wrong}
        className="w-40 max-sm:w-full"
      >
        {({ className, ...control }) => (
          <input
            {...control}
            inputMode="decimal"
            autoComplete="off"
            value={text}
            className={`${className} h-10 px-3 tabular-nums pointer-coarse:h-11`}
            onChange={(event) => onBounds({ ...bounds, [field]: event.target.value })}
          />
        )}
      </Field>
    )
  })
}
