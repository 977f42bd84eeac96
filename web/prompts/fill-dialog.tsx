import { useState } from 'react'
import { fillVariables, variablesOf } from '#shared/prompt-variables.ts'
import type { Prompt } from '#shared/prompts.ts'
import { visibleText } from '#shared/visible-text.ts'
import { Field } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { t } from '#shared/translate.ts'

interface FillDialogProps {
  prompt: Prompt
  onInsert: (text: string) => void
  onClose: () => void
}

const NOTHING_TO_SAVE = { isPending: false, error: null }

/** Asks for the values of a prompt's variables and shows the text that they make. */
export function FillDialog({ prompt, onInsert, onClose }: FillDialogProps) {
  const variables = variablesOf(prompt.text)
  const [values, setValues] = useState(
    () => new Map(variables.map(({ name, defaultValue }) => [name, defaultValue ?? ''])),
  )
  const text = fillVariables(prompt.text, values)
  return (
    <FormDialog
      title={visibleText(prompt.name)}
      submitLabel={t`Insert`}
      onClose={onClose}
      saving={NOTHING_TO_SAVE}
      isWrong={false}
      onSubmit={() => onInsert(text)}
    >
      {variables.map(({ name }, index) => (
        <Field key={name} label={name}>
          {({ className, ...control }) => (
            <textarea
              {...control}
              data-autofocus={index === 0 || undefined}
              dir="auto"
              rows={1}
              className={`${className} field-sizing-content max-h-40 min-h-10 resize-none px-3 py-2 pointer-coarse:min-h-11`}
              value={values.get(name) ?? ''}
              onChange={(event) => setValues(new Map(values).set(name, event.target.value))}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
                event.preventDefault()
                event.currentTarget.form?.requestSubmit()
              }}
            />
          )}
        </Field>
      ))}
      <section aria-label={t`Preview`}>
        <h3 className="pb-1 text-sm font-medium">{t`Preview`}</h3>
        <p
          dir="auto"
          className="max-h-60 overflow-y-auto rounded-lg bg-sunken px-3 py-2 text-sm whitespace-pre-wrap wrap-anywhere"
        >
          {text}
        </p>
      </section>
    </FormDialog>
  )
}
