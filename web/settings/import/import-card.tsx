import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { X } from 'lucide'
import { useEffect } from 'react'
import type { ImportJob } from '#shared/imports.ts'
import { visibleText } from '#shared/visible-text.ts'
import { cancelImport, importQuery, importsQuery, startImport } from '../../api/imports.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { formatBytes } from '../format-bytes.ts'
import { countConversations, SOURCE_LABELS } from './import-labels.ts'
import { ImportPreviewTable } from './import-preview-table.tsx'
import { ImportReportView } from './import-report-view.tsx'
import { ProgressBar } from './progress-bar.tsx'
import { language, t, tAs } from '#shared/translate.ts'

/** One import: its preview, its progress, its report. */
export function ImportCard({ listed }: { listed: ImportJob }) {
  const client = useQueryClient()
  const { data: job } = useQuery({ ...importQuery(listed.id), initialData: listed })
  const starting = useMutation({
    mutationFn: () => startImport(job.id),
    onSuccess: (started) => client.setQueryData(importQuery(job.id).queryKey, started),
  })
  const cancelling = useMutation({
    mutationFn: () => cancelImport(job.id),
    onSuccess: () => client.invalidateQueries({ queryKey: importsQuery().queryKey, exact: true }),
  })
  const isDone = job.state === 'done'
  useEffect(() => {
    if (isDone) void client.invalidateQueries({ queryKey: ['conversations'] })
  }, [client, isDone])
  const error = starting.error ?? cancelling.error
  const { preview, report, state } = job
  const isActive = state === 'reading' || state === 'importing'
  return (
    <li className="rounded-xl border border-line bg-surface px-4 py-3.5">
      <div className="flex items-start gap-x-3">
        <div className="min-w-0 flex-1">
          <h3 className="font-medium wrap-anywhere">{visibleText(job.fileName)}</h3>
          <p className="pt-0.5 text-sm text-muted">
            {job.source === null ? '' : `${SOURCE_LABELS[job.source]} · `}
            {formatBytes(job.bytes)}
          </p>
        </div>
        {!isActive && (
          <IconButton
            label={t`Remove ${visibleText(job.fileName)} from the list`}
            onClick={() => cancelling.mutate()}
          >
            <Icon of={X} />
          </IconButton>
        )}
      </div>
      <output className="block text-sm">
        {state === 'reading' && (
          <p className="pt-2 tabular-nums">
            {t`The file is read…`} {job.progress > 0 && countConversations(job.progress)}
          </p>
        )}
        {state === 'importing' && (
          <p className="py-2 tabular-nums">
            {t`Importing ${job.progress.toLocaleString(language())} of ${countConversations(preview?.conversations ?? 0)}`}
          </p>
        )}
        {state === 'failed' && <p className="pt-2 text-danger">{job.problem}</p>}
      </output>
      {state === 'importing' && (
        <ProgressBar
          label={t`Import`}
          part={job.progress / Math.max(1, preview?.conversations ?? 1)}
        />
      )}
      {state === 'ready' && preview !== null && <ImportPreviewTable preview={preview} />}
      {isDone && report !== null && <ImportReportView report={report} />}
      {(isActive || state === 'ready') && (
        <div className="flex gap-2 pt-3">
          {state === 'ready' && (
            <Button variant="primary" busy={starting.isPending} onClick={() => starting.mutate()}>
              {tAs('a verb')`Import`}
            </Button>
          )}
          <Button busy={cancelling.isPending} onClick={() => cancelling.mutate()}>
            {t`Cancel`}
          </Button>
        </div>
      )}
      {error !== null && (
        <p role="alert" className="pt-2 text-sm text-danger">
          {error.message}
        </p>
      )}
    </li>
  )
}
