import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { modelLabel } from '#shared/model-label.ts'
import { setContextWindow } from '../api/providers.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { t } from '#shared/translate.ts'

interface WindowFieldProps {
  provider: string
  model: string
  window: number | null
  onSaved: () => void
}

/** Sets the context window of a model whose server does not report it correctly. */
export function WindowField({ provider, model, window, onSaved }: WindowFieldProps) {
  const [text, setText] = useState<string | null>(null)
  const shown = text ?? (window === null ? '' : String(window))
  const digits = shown.replaceAll(/[\s,._]/g, '')
  const isWrong = !/^([1-9]\d{0,7})?$/.test(digits)
  const saving = useMutation({
    mutationFn: () => setContextWindow(provider, model, digits === '' ? null : Number(digits)),
    onSuccess: () => {
      setText(null)
      onSaved()
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!isWrong) saving.mutate()
      }}
    >
      <div className="flex items-start gap-2">
        <Field
          className="min-w-0 flex-1"
          label={t`Context window`}
          hint={t`Tokens that ${modelLabel(model)} takes at ${provider}. Leave blank to use what the server says.`}
        >
          {({ className, ...control }) => (
            <input
              {...control}
              className={`${className} h-10 px-3 tabular-nums pointer-coarse:h-11`}
              inputMode="numeric"
              placeholder={t`Not known`}
              aria-invalid={isWrong}
              value={shown}
              onChange={({ target }) => setText(target.value)}
            />
          )}
        </Field>
        <Button
          type="submit"
          className="mt-6 h-10"
          busy={saving.isPending}
          disabled={text === null || isWrong}
        >
          {t`Save`}
        </Button>
      </div>
      {isWrong && (
        <p role="alert" className="pt-1 text-sm text-danger">
          {t`Enter a whole number of tokens.`}
        </p>
      )}
      {saving.error !== null && (
        <p role="alert" className="pt-1 text-sm text-danger">
          {saving.error.message}
        </p>
      )}
    </form>
  )
}
