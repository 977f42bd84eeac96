import { useQuery, useQueryClient } from '@tanstack/react-query'
import { X } from 'lucide'
import { useEffect } from 'react'
import { receiptQuery } from '../api/receipts.ts'
import { stopRun } from '../api/runs.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { t } from '#shared/translate.ts'

const FIRST_PAUSE_MS = 500
const MAX_PAUSE_MS = 10_000

/** Stands beside the amount of an answer that was stopped, until it is counted to its end. */
export function Counting({ runId }: { runId: string }) {
  const client = useQueryClient()
  const { data, dataUpdatedAt, refetch } = useQuery({
    ...receiptQuery(runId),
    refetchInterval: ({ state: { dataUpdateCount, errorUpdateCount } }) =>
      Math.min(FIRST_PAUSE_MS * 1.3 ** (dataUpdateCount + errorUpdateCount), MAX_PAUSE_MS),
  })
  const isOver = data?.counting === false
  useEffect(() => {
    // The conversation says the same, and then this is not shown any more.
    if (!isOver || dataUpdatedAt === 0) return
    for (const key of ['conversation', 'conversations', 'usage', 'budgets', 'billed']) {
      void client.invalidateQueries({ queryKey: [key] })
    }
  }, [client, isOver, dataUpdatedAt])
  if (isOver) return null
  return (
    <span className="-ml-1.5 flex items-center">
      <span title={t`The provider is still asked for the exact usage`}>· {t`counting`}</span>
      <IconButton
        label={t`Stop counting`}
        onClick={() => void stopRun(runId).then(() => refetch())}
      >
        <Icon of={X} />
      </IconButton>
    </span>
  )
}
