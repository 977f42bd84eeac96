import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { MAX_INSTRUCTIONS_CHARS } from '#shared/limits.ts'
import { appSettingsQuery, changeSettings } from '../api/providers.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { language, t } from '#shared/translate.ts'

/** The instructions of conversations that have none of their own. */
export function InstructionsField() {
  const { data: settings, isError } = useQuery(appSettingsQuery())
  // The first section says so.
  if (settings === undefined && isError) return null
  return (
    <section aria-labelledby="instructions" className="py-5">
      <h3 id="instructions" className="font-medium">
        {t`Instructions`}
      </h3>
      <p className="max-w-prose pt-0.5 pb-3 text-sm text-muted">
        {t`Sent with every conversation that has no instructions of its own or of its folder, after those of the agent.`}
      </p>
      {settings === undefined ? (
        <Skeleton className="h-24 w-full" />
      ) : (
        <InstructionsForm stored={settings.instructions ?? ''} />
      )}
    </section>
  )
}

function InstructionsForm({ stored }: { stored: string }) {
  const client = useQueryClient()
  const [text, setText] = useState(stored)
  const saving = useMutation({
    mutationFn: () => changeSettings({ instructions: text.trim() || null }),
    onSuccess: (settings) => client.setQueryData(appSettingsQuery().queryKey, settings),
  })
  const isChanged = text.trim() !== stored
  const isTooLong = text.length > MAX_INSTRUCTIONS_CHARS
  const save = (event: SubmitEvent) => {
    event.preventDefault()
    if (isChanged && !isTooLong) saving.mutate()
  }
  return (
    <form className="space-y-3" onSubmit={save}>
      <Field
        label={t`Default instructions`}
        hint={t`At most ${MAX_INSTRUCTIONS_CHARS.toLocaleString(language())} characters`}
        wrong={isTooLong}
      >
        {({ className, ...control }) => (
          <textarea
            {...control}
            rows={3}
            dir="auto"
            value={text}
            className={`${className} field-sizing-content max-h-60 min-h-20 px-3 py-2`}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <div className="flex items-center gap-3 text-sm">
        <Button type="submit" busy={saving.isPending} disabled={!isChanged || isTooLong}>
          {t`Save`}
        </Button>
        <output className="text-muted">{saving.isSuccess && !isChanged && t`Saved`}</output>
        {saving.error !== null && (
          <p role="alert" className="text-danger">
            {saving.error.message}
          </p>
        )}
      </div>
    </form>
  )
}
