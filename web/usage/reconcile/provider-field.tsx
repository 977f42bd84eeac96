import { Field } from '../../ui/field.tsx'
import { t } from '#shared/translate.ts'

interface ProviderFieldProps {
  providers: string[]
  /** Null means all providers. */
  chosen: string | null
  onChoose: (provider: string | null) => void
}

export function ProviderField({ providers, chosen, onChoose }: ProviderFieldProps) {
  return (
    <Field label={t`Tally’s calls to`} className="w-56 max-w-full">
      {({ className, ...control }) => (
        <select
          {...control}
          className={`${className} h-10 px-3 pointer-coarse:h-11`}
          value={chosen === null ? '' : `of:${chosen}`}
          onChange={({ target }) =>
            onChoose(target.value === '' ? null : target.value.slice('of:'.length))
          }
        >
          <option value="">{t`All providers`}</option>
          {providers.map((name) => (
            <option key={name} value={`of:${name}`}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
