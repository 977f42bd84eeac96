import { useState } from 'react'
import { navigate } from '../router.tsx'
import { Field } from '../ui/field.tsx'
import { dayOf, rangeProblem } from './range.ts'
import { type View, viewPath } from './view.ts'
import { useSearch } from '../router.tsx'
import { t } from '#shared/translate.ts'

interface DayFieldsProps {
  view: View
  now: Date
}

/** Fields for a custom range, applied as soon as both days are valid. */
export function DayFields({ view, now }: DayFieldsProps) {
  const search = useSearch()
  const [draft, setDraft] = useState(() => ({ search, ...daysIn(search, now) }))
  // Refill the fields when the address changes.
  if (draft.search !== search) setDraft({ search, ...daysIn(search, now) })
  const problem = rangeProblem(draft.first, draft.last)

  const change = (changed: { first?: string; last?: string }) => {
    const { first, last } = { ...draft, ...changed }
    setDraft({ search, first, last })
    if (rangeProblem(first, last) !== null) return
    const range = { kind: 'between', first, last } as const
    navigate(viewPath({ ...view, range }), { replace: true })
  }
  return (
    <fieldset className="flex flex-wrap items-end gap-x-4 gap-y-2">
      <legend className="sr-only">{t`Days`}</legend>
      <DayField
        label={t`From`}
        day={draft.first}
        wrong={problem !== null}
        onDay={(first) => change({ first })}
      />
      <DayField
        label={t`To`}
        day={draft.last}
        wrong={problem !== null}
        onDay={(last) => change({ last })}
      />
      <output className={`text-sm sm:pb-2 ${problem === null ? 'text-muted' : 'text-danger'}`}>
        {problem ?? t`Both days are included. A day begins at 00:00 UTC.`}
      </output>
    </fieldset>
  )
}

interface DayFieldProps {
  label: string
  day: string
  wrong: boolean
  onDay: (day: string) => void
}

function DayField({ label, day, wrong, onDay }: DayFieldProps) {
  return (
    <Field label={label} wrong={wrong} className="w-40">
      {({ className, ...control }) => (
        <input
          {...control}
          type="date"
          className={`${className} h-10 px-3 pointer-coarse:h-11`}
          value={day}
          onChange={(event) => onDay(event.target.value)}
        />
      )}
    </Field>
  )
}

function daysIn(search: string, now: Date): { first: string; last: string } {
  const query = new URLSearchParams(search)
  return { first: query.get('from') ?? '', last: query.get('to') ?? dayOf(now) }
}
