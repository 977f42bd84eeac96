import type { ReactNode, SubmitEvent } from 'react'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useTriedForm } from '../../ui/use-tried-form.ts'
import { dayOf, rangeProblem, spanOf, DEFAULT_RANGE } from '../range.ts'
import { t } from '#shared/translate.ts'

interface OpenAiFormProps {
  busy: boolean
  /** The field that selects the provider of the ledger. */
  children: ReactNode
  onAsk: (asked: { from: string; to: string; adminKey: string }) => void
}

/** Asks for days and an admin key. The key is kept in this field and sent once. */
export function OpenAiForm({ busy, children, onAsk }: OpenAiFormProps) {
  const { form: asked, change, wrong, submit } = useTriedForm(defaultDays, wrongFields)
  const wrongDays = rangeProblem(asked.from, asked.to)
  const noKey = wrong.includes('adminKey')
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    submit(onAsk)
  }
  return (
    <form
      noValidate
      aria-label="OpenAI"
      className="space-y-4 rounded-xl border border-line bg-surface p-4"
      onSubmit={onSubmit}
    >
      <Field
        label={t`Admin key`}
        wrong={noKey}
        hint={
          noKey
            ? t`Paste an admin key of your organisation.`
            : t`It is sent to OpenAI for this comparison and not stored. Create one under Organization → Admin keys.`
        }
        className="max-w-xl"
      >
        {({ className, ...control }) => (
          <input
            {...control}
            type="password"
            autoComplete="off"
            spellCheck={false}
            placeholder={t`sk-admin-…`}
            className={`${className} h-10 px-3 pointer-coarse:h-11`}
            value={asked.adminKey}
            onChange={({ target }) => change({ adminKey: target.value })}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-end gap-4">
        <Day label={t`From`} day={asked.from} onDay={(from) => change({ from })} />
        <Day label={t`To`} day={asked.to} onDay={(to) => change({ to })} />
        {children}
        <Button type="submit" variant="primary" busy={busy} className="h-10">
          {t`Compare`}
        </Button>
      </div>
      {wrongDays !== null && <output className="block text-sm text-danger">{wrongDays}</output>}
    </form>
  )
}

function defaultDays() {
  const now = new Date()
  const from = spanOf(DEFAULT_RANGE, now).from?.slice(0, 10) ?? dayOf(now)
  return { from, to: dayOf(now), adminKey: '' }
}

function wrongFields({ from, to, adminKey }: ReturnType<typeof defaultDays>) {
  return [
    ...(rangeProblem(from, to) === null ? [] : ['days']),
    ...(adminKey.trim() === '' ? ['adminKey'] : []),
  ]
}

function Day({ label, day, onDay }: { label: string; day: string; onDay: (day: string) => void }) {
  return (
    <Field label={label} className="w-40">
      {({ className, ...control }) => (
        <input
          {...control}
          type="date"
          className={`${className} h-10 px-3 pointer-coarse:h-11`}
          value={day}
          onChange={({ target }) => onDay(target.value)}
        />
      )}
    </Field>
  )
}
