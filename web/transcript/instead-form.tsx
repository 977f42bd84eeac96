import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { focusNow } from '../ui/focus-now.ts'
import { t } from '#shared/translate.ts'

interface InsteadFormProps {
  busy: boolean
  onSend: (output: string) => void
  onCancel: () => void
}

/** The result of a tool, from the user. The tool does not run. */
export function InsteadForm({ busy, onSend, onCancel }: InsteadFormProps) {
  const [output, setOutput] = useState('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onSend(output)
      }}
    >
      <Field
        label={t`Answer`}
        hint={t`The model gets this as the result of the tool. The tool does not run.`}
      >
        {({ className, ...control }) => (
          <textarea
            {...control}
            ref={focusNow}
            rows={2}
            value={output}
            className={`block field-sizing-content max-h-80 min-h-16 ${className} px-3 py-2`}
            onChange={(event) => setOutput(event.target.value)}
          />
        )}
      </Field>
      <div className="flex gap-2 pt-2">
        <Button type="submit" variant="primary" aria-busy={busy}>
          {t`Send answer`}
        </Button>
        <Button variant="quiet" onClick={onCancel}>
          {t`Cancel`}
        </Button>
      </div>
    </form>
  )
}
