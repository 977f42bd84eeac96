import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { WhatIf } from '#shared/what-if.ts'
import { whatIfQuery } from '../api/receipts.ts'
import { Amount } from '../ui/amount.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { WhatIfTable } from './what-if-table.tsx'
import { formatLeftOut, type Order, requests, shownRows } from './format-what-if.ts'
import { rich } from '../ui/rich.ts'
import { t } from '#shared/translate.ts'

interface WhatIfDialogProps {
  conversationId: string
  onClose: () => void
}

export function WhatIfDialog({ conversationId, onClose }: WhatIfDialogProps) {
  const whatIf = useQuery({ ...whatIfQuery(conversationId), refetchOnMount: 'always' })
  return (
    <Dialog open onOpenChange={onClose} title={t`What would this have cost on…`}>
      {whatIf.isPending && <Loading />}
      {whatIf.data !== undefined && <Comparison of={whatIf.data} />}
      {whatIf.isLoadingError && (
        <ErrorState
          title={t`The comparison could not be made`}
          error={whatIf.error}
          onRetry={() => void whatIf.refetch()}
        />
      )}
    </Dialog>
  )
}

function Comparison({ of }: { of: WhatIf }) {
  const [filter, setFilter] = useState('')
  const [order, setOrder] = useState<Order>({ by: 'cost', descending: false })
  const { billed, items } = of
  if (billed.calls === 0) {
    return (
      <EmptyState title={t`Nothing to compare yet`}>
        {t`No request of this conversation was billed with a known number of tokens.`}
      </EmptyState>
    )
  }
  const rows = shownRows(items, filter, order)
  const leftOut = formatLeftOut(of)
  return (
    <div className="space-y-4">
      <div className="space-y-1 text-sm">
        <p>
          {rich`${requests(billed.calls)} of this conversation, titles included: ${<Amount of={billed} className="font-semibold" />} billed.`}
          {billed.unpricedCalls > 0 &&
            ` ${t`Some of it has no price, so there is no amount to compare with.`}`}
        </p>
        <p className="text-muted">
          {t`The same tokens at the prices of their day. Another model counts them differently, and thinks and caches differently, so its amount is an estimate. Fees of hosted tools are not in it, and models that are no longer sold are left out.`}
          {leftOut !== null && ` ${leftOut}`}
        </p>
      </div>
      <input
        type="search"
        aria-label={t`Filter models`}
        placeholder={t`Filter models`}
        className="h-9 w-full rounded-lg border border-line-strong bg-surface px-3 text-sm pointer-coarse:h-11"
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
      />
      {rows.length > 0 ? (
        <WhatIfTable rows={rows} order={order} onOrder={setOrder} />
      ) : (
        <output className="block py-6 text-center text-sm text-muted">
          {items.length === 0 ? t`No model has a price.` : t`No model matches “${filter}”.`}
        </output>
      )}
    </div>
  )
}

function Loading() {
  return (
    <output className="block space-y-4">
      <span className="sr-only">{t`Comparing models`}</span>
      <Skeleton className="h-5 w-2/3" />
      <Skeleton className="h-9 w-full" />
      <Skeleton className="h-64 w-full" />
    </output>
  )
}
