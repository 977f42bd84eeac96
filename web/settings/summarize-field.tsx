import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { SummarizeAbovePercent } from '#shared/conversation.ts'
import { appSettingsQuery, changeSettings } from '../api/providers.ts'
import { Button } from '../ui/button.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { TextField } from './text-field.tsx'
import { t } from '#shared/translate.ts'

/** When the older messages of a conversation are summarized that has no setting of its own. */
export function SummarizeField() {
  const { data: settings, isError } = useQuery(appSettingsQuery())
  // The first section says so.
  if (settings === undefined && isError) return null
  return (
    <section aria-labelledby="summaries" className="py-5">
      <h3 id="summaries" className="font-medium">
        {t`Long conversations`}
      </h3>
      <p className="max-w-prose pt-0.5 pb-3 text-sm text-muted">
        {t`After an answer that fills more of the context window, the older messages are summarized. Each conversation can have its own setting. A summary costs one model call.`}
      </p>
      {settings === undefined ? (
        <Skeleton className="h-10 w-56" />
      ) : (
        <PercentForm stored={settings.summarizeAbovePercent} />
      )}
    </section>
  )
}

function PercentForm({ stored }: { stored: number | null }) {
  const client = useQueryClient()
  const [text, setText] = useState(String(stored ?? ''))
  const [wrong, setWrong] = useState(false)
  const saving = useMutation({
    mutationFn: (summarizeAbovePercent: number | null) => changeSettings({ summarizeAbovePercent }),
    onSuccess: (settings) => client.setQueryData(appSettingsQuery().queryKey, settings),
  })
  const save = (event: SubmitEvent) => {
    event.preventDefault()
    const percent = text.trim() === '' ? null : Number(text)
    const isWrong = percent !== null && !SummarizeAbovePercent.safeParse(percent).success
    setWrong(isWrong)
    if (!isWrong) saving.mutate(percent)
  }
  const isSaved = saving.isSuccess && text === String(stored ?? '')
  return (
    <form className="flex flex-wrap items-start gap-x-3 gap-y-2" onSubmit={save}>
      <TextField
        label={t`Summarize above`}
        hint={t`Percent, from 10 to 95. Leave blank to do it yourself.`}
        inputMode="numeric"
        className="w-64 max-w-full"
        text={text}
        wrong={wrong}
        onText={setText}
      />
      <div className="flex min-h-10 items-center gap-3 pt-6 text-sm">
        <Button type="submit" busy={saving.isPending}>
          {t`Save`}
        </Button>
        <output className="text-muted">{isSaved ? t`Saved` : ''}</output>
      </div>
      {saving.error !== null && (
        <p role="alert" className="w-full text-sm text-danger">
          {saving.error.message}
        </p>
      )}
    </form>
  )
}
