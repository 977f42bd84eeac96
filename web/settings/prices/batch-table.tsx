import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { BatchStatus, PriceBatch } from '#shared/prices.ts'
import { priceBatchesQuery, undoReprice } from '../../api/prices.ts'
import { Button } from '../../ui/button.tsx'
import { useToast } from '../../ui/toast.tsx'
import { Wide } from '../../ui/wide.tsx'
import { CELL, HEAD } from './table-variant.ts'
import { language, t } from '#shared/translate.ts'
import { formatDay } from './format-day.ts'

const STATUS_LABELS: Record<BatchStatus, string> = {
  running: t`Under way`,
  done: t`Done`,
  undoing: t`Being undone`,
  undone: t`Undone`,
  interrupted: t`Interrupted`,
}

/** Past repricings, each with an Undo button. */
export function BatchTable() {
  const client = useQueryClient()
  const batches = useQuery(priceBatchesQuery()).data?.items ?? []
  const isBusy = batches.some(({ status }) => status === 'running' || status === 'undoing')
  useEffect(() => {
    if (!isBusy) return
    // Amounts everywhere have changed when the batch ends.
    return () => void client.invalidateQueries()
  }, [client, isBusy])
  if (batches.length === 0) return null
  return (
    <Wide className="rounded-xl border border-line bg-surface">
      <table className="w-full text-sm">
        <caption className="px-4 pt-3 pb-2 text-left font-semibold">{t`Priced again`}</caption>
        <thead>
          <tr className={HEAD}>
            <th scope="col" className="!text-left">
              {t`When`}
            </th>
            <th scope="col" className="!text-left">
              {t`What`}
            </th>
            <th scope="col">{t`Requests`}</th>
            <th scope="col" className="!text-left">
              {t`State`}
            </th>
            <th scope="col">
              <span className="sr-only">{t`Undo`}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {batches.map((batch) => (
            <Row key={batch.id} batch={batch} isBusy={isBusy} />
          ))}
        </tbody>
      </table>
    </Wide>
  )
}

function Row({ batch, isBusy }: { batch: PriceBatch; isBusy: boolean }) {
  const client = useQueryClient()
  const showToast = useToast()
  const undoing = useMutation({
    mutationFn: undoReprice,
    onSuccess: () => client.invalidateQueries(priceBatchesQuery()),
    onError: (error) => showToast({ text: error.message }),
  })
  const { id, at, status, changed, kept } = batch
  return (
    <tr className={CELL}>
      <th scope="row" className="!text-left font-normal whitespace-nowrap">
        {new Date(at).toLocaleString(language() === 'en' ? undefined : language())}
      </th>
      <td className="!text-left">{formatFilter(batch)}</td>
      <td>{changed.toLocaleString(language())}</td>
      <td className="!text-left">
        {kept === 0
          ? STATUS_LABELS[status]
          : t`${STATUS_LABELS[status]}, ${kept.toLocaleString(language())} changed since and kept`}
      </td>
      <td>
        {(status === 'done' || status === 'interrupted') && (
          <Button disabled={isBusy} busy={undoing.isPending} onClick={() => undoing.mutate(id)}>
            {t`Undo`}
          </Button>
        )}
      </td>
    </tr>
  )
}

function formatFilter({ filter }: PriceBatch): string {
  const { from, to, provider, model } = filter
  const parts = [model, provider, from && t`from ${formatDay(from)}`, to && t`to ${formatDay(to)}`]
  return parts.filter(Boolean).join(', ') || t`Everything`
}
