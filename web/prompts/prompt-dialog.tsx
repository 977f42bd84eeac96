import { useMutation, useQueryClient } from '@tanstack/react-query'
import { MAX_PROMPT_NAME_CHARS, MAX_PROMPT_TEXT_CHARS } from '#shared/limits.ts'
import type { Prompt } from '#shared/prompts.ts'
import { createPrompt, promptsQuery, updatePrompt } from '../api/prompts.ts'
import { Field } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { useTriedForm } from '../ui/use-tried-form.ts'
import { t } from '#shared/translate.ts'

interface PromptDialogProps {
  /** Null: a new one. */
  prompt: Prompt | null
  /** What the name of a new one begins as. */
  name?: string
  onSaved: (prompt: Prompt) => void
  onClose: () => void
}

/** Makes or changes a prompt. */
export function PromptDialog({ prompt, name = '', onSaved, onClose }: PromptDialogProps) {
  const client = useQueryClient()
  const { form, change, wrong, submit } = useTriedForm(
    { name: prompt?.name ?? name, text: prompt?.text ?? '' },
    emptyFields,
  )
  const saving = useMutation({
    mutationFn: () => (prompt === null ? createPrompt(form) : updatePrompt(prompt.id, form)),
    onSuccess: (saved) => {
      onSaved(saved)
      void client.invalidateQueries(promptsQuery())
    },
  })
  return (
    <FormDialog
      title={prompt === null ? t`New prompt` : t`Edit prompt`}
      onClose={onClose}
      saving={saving}
      isWrong={wrong.length > 0}
      onSubmit={() => submit(() => saving.mutate())}
    >
      <Field
        label={t`Name`}
        hint={t`You find it by this name when you type /`}
        wrong={wrong.includes('name')}
      >
        {({ className, ...control }) => (
          <input
            {...control}
            data-autofocus
            autoComplete="off"
            dir="auto"
            maxLength={MAX_PROMPT_NAME_CHARS}
            className={`${className} h-10 px-3 pointer-coarse:h-11`}
            value={form.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <Field
        label={t`Text`}
        hint={t`Write {{city}} where something changes each time: you are asked for it when you insert the prompt. {{city=Oslo}} suggests a value.`}
        wrong={wrong.includes('text')}
      >
        {({ className, ...control }) => (
          <textarea
            {...control}
            dir="auto"
            maxLength={MAX_PROMPT_TEXT_CHARS}
            placeholder={t`What should I see in {{city=Oslo}} in {{days=2}} days?`}
            className={`${className} field-sizing-content max-h-80 min-h-40 px-3 py-2`}
            value={form.text}
            onChange={(event) => change({ text: event.target.value })}
          />
        )}
      </Field>
    </FormDialog>
  )
}

function emptyFields(form: { name: string; text: string }): ('name' | 'text')[] {
  return (['name', 'text'] as const).filter((field) => form[field].trim() === '')
}
