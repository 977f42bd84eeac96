import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { importsQuery, uploadImport } from '../../api/imports.ts'
import { Button } from '../../ui/button.tsx'
import { DropArea } from './drop-area.tsx'
import { ImportCard } from './import-card.tsx'
import { ProgressBar } from './progress-bar.tsx'
import { t } from '#shared/translate.ts'
import { ErrorState } from '../../ui/error-state.tsx'

/** Brings conversations from other products, and from an export of Tally. */
export function ImportSection() {
  const client = useQueryClient()
  const list = useQuery(importsQuery())
  const [part, setPart] = useState(0)
  const leaving = useRef<AbortController | null>(null)
  const uploading = useMutation({
    mutationFn: (file: File) => {
      leaving.current = new AbortController()
      setPart(0)
      return uploadImport(file, setPart, leaving.current.signal)
    },
    onSuccess: () => client.invalidateQueries({ queryKey: importsQuery().queryKey, exact: true }),
  })
  const cancel = () => {
    leaving.current?.abort()
    uploading.reset()
  }
  return (
    <>
      <h2 className="text-lg font-semibold tracking-tight">{t`Import`}</h2>
      <p className="max-w-prose pt-1 text-sm text-muted">
        {t`Bring your conversations from ChatGPT, Claude, Open WebUI, LibreChat or another Tally. Choose the zip or the JSON that they export, of any size. You see what is in it before anything is imported.`}
      </p>
      {uploading.isPending ? (
        <div className="mt-5 rounded-xl border border-line bg-surface px-4 py-4">
          <div className="flex items-center justify-between gap-3 pb-3 text-sm">
            <p className="min-w-0 truncate">{t`Uploading ${uploading.variables.name}`}</p>
            <Button onClick={cancel}>{t`Cancel`}</Button>
          </div>
          <ProgressBar label={t`Upload`} part={part} />
        </div>
      ) : (
        <DropArea onFile={(file) => uploading.mutate(file)} />
      )}
      {uploading.error !== null && (
        <p role="alert" className="pt-2 text-sm text-danger">
          {uploading.error.message}
        </p>
      )}
      {list.isError && list.data === undefined && (
        <ErrorState
          title={t`Earlier imports could not be loaded`}
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      )}
      <ul aria-label={t`Imports`} hidden={!list.data?.items.length} className="space-y-3 pt-5">
        {list.data?.items.map((job) => (
          <ImportCard key={job.id} listed={job} />
        ))}
      </ul>
    </>
  )
}
