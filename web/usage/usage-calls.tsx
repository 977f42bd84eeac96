import { useInfiniteQuery } from '@tanstack/react-query'
import { type ComponentType, useState } from 'react'
import type { ModelCall } from '#shared/ledger.ts'
import { modelLabel } from '#shared/model-label.ts'
import { visibleText } from '#shared/visible-text.ts'
import { usageCallsQuery, type UsageScope } from '../api/usage.ts'
import { Amount } from '../ui/amount.tsx'
import { Button } from '../ui/button.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Tokens } from '../ui/tokens.tsx'
import { Wide } from '../ui/wide.tsx'
import { formatTime } from './day.ts'
import { TableSkeleton } from './table-skeleton.tsx'
import { t } from '#shared/translate.ts'

export type CallReceipt = ComponentType<{ call: ModelCall; onClose: () => void }>

interface UsageCallsProps {
  scope: UsageScope
  Receipt: CallReceipt
}

export function UsageCalls({ scope, Receipt }: UsageCallsProps) {
  const calls = useInfiniteQuery(usageCallsQuery(scope))
  const [opened, setOpened] = useState<ModelCall | null>(null)
  if (calls.isPending) return <TableSkeleton />
  if (calls.data === undefined) {
    return (
      <ErrorState
        title={t`The calls could not be loaded`}
        error={calls.error}
        onRetry={() => void calls.refetch()}
      />
    )
  }
  return (
    <>
      <Wide className="rounded-xl border border-line bg-surface">
        <CallTable calls={calls.data.pages.flatMap(({ items }) => items)} onOpen={setOpened} />
        {calls.hasNextPage && (
          <div className="border-t border-line p-2">
            <Button
              variant="quiet"
              busy={calls.isFetchingNextPage}
              onClick={() => void calls.fetchNextPage()}
            >
              {t`Show more`}
            </Button>
          </div>
        )}
      </Wide>
      {opened !== null && <Receipt call={opened} onClose={() => setOpened(null)} />}
    </>
  )
}

interface CallTableProps {
  calls: ModelCall[]
  onOpen: (call: ModelCall) => void
}

function CallTable({ calls, onOpen }: CallTableProps) {
  return (
    <table className="w-full text-sm">
      <caption className="px-4 pt-3 pb-2 text-left font-semibold">{t`Calls, newest first`}</caption>
      <thead>
        <tr className="border-b border-line text-xs text-muted *:px-4 *:py-1.5 *:text-right *:font-normal">
          <th scope="col" className="!text-left">
            {t`Started (UTC)`}
          </th>
          <th scope="col">{t`Amount`}</th>
          <th scope="col" className="!text-left">
            {t`Model`}
          </th>
          <th scope="col" className="!text-left">
            {t`Purpose`}
          </th>
          <th scope="col">{t`Input`}</th>
          <th scope="col">{t`Output`}</th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <Row key={call.id} call={call} onOpen={() => onOpen(call)} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ call, onOpen }: { call: ModelCall; onOpen: () => void }) {
  const model = visibleText(modelLabel(call.modelReturned ?? call.modelRequested))
  const time = formatTime(call.startedAt)
  return (
    <tr className="border-b border-line tabular-nums last:border-0 *:px-4 *:py-2 *:text-right">
      <th scope="row" className="!text-left font-normal whitespace-nowrap">
        <button
          type="button"
          aria-label={t`Receipt of ${time}`}
          className="inline-flex cursor-pointer items-center underline decoration-line-strong decoration-1 underline-offset-4 hover:decoration-ink pointer-coarse:h-11"
          onClick={onOpen}
        >
          {time}
        </button>
      </th>
      <td className="font-medium">
        <Amount of={call} />
      </td>
      <td className="max-w-48 !text-left">
        <span className="block truncate" title={t`${model} at ${call.provider}`}>
          {model}
        </span>
      </td>
      <td className="!text-left whitespace-nowrap">
        {call.purpose}
        {call.status !== 'completed' && <span className="text-muted"> · {call.status}</span>}
      </td>
      <td>{call.inputTokens === null ? '–' : <Tokens count={call.inputTokens} />}</td>
      <td>{call.outputTokens === null ? '–' : <Tokens count={call.outputTokens} />}</td>
    </tr>
  )
}
