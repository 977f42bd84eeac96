import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { reloadProviders, setKey } from '../../api/providers.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../text-field.tsx'
import { t } from '#shared/translate.ts'

/** Asks for the API key of a server that requires one. */
export function KeyForm({ name, baseUrl }: { name: string; baseUrl: string | null }) {
  const client = useQueryClient()
  const [key, writeKey] = useState('')
  const saving = useMutation({
    mutationFn: () => setKey(name, key.trim(), baseUrl),
    onError: () => reloadProviders(client),
    onSuccess: () => reloadProviders(client),
  })
  const save = () => {
    if (key.trim() !== '') saving.mutate()
  }
  return (
    <form
      className="pt-3"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <div className="flex items-start gap-2">
        <TextField
          className="min-w-0 flex-1"
          label={t`API key of ${name}`}
          hint={t`Sent to this address only, and not shown again.`}
          type="password"
          autoComplete="new-password"
          text={key}
          wrong={false}
          onText={writeKey}
        />
        <Button type="submit" variant="primary" className="mt-6 h-10" busy={saving.isPending}>
          {t`Save key`}
        </Button>
      </div>
      {saving.error !== null && (
        <p role="alert" className="pt-1 text-sm text-danger">
          {saving.error.message}
        </p>
      )}
    </form>
  )
}
