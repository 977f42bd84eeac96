import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Copy } from 'lucide'
import { useEffect, useState } from 'react'
import { addTotals } from '#shared/add-totals.ts'
import type { Receipt } from '#shared/api.ts'
import type { Totals } from '#shared/totals.ts'
import { visibleText } from '#shared/visible-text.ts'
import { receiptQuery } from '../api/receipts.ts'
import { Amount } from '../ui/amount.tsx'
import { Button } from '../ui/button.tsx'
import { copyText } from '../ui/copy-text.ts'
import { DialogNotLoaded } from '../ui/dialog-not-loaded.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useToast } from '../ui/toast.tsx'
import { formatTokens } from '../ui/tokens.tsx'
import { CacheRates } from './cache-notes.tsx'
import { CallCard } from './call-card.tsx'
import { CertaintyBadge } from './certainty-badge.tsx'
import { formatExactness, formatTotalCertainty } from './format-call.ts'
import { ReceiptTable } from './receipt-table.tsx'
import { receiptText } from './receipt-text.ts'
import { UnreportedUsage } from './unreported-usage.tsx'
import { WithoutPrice } from './without-price.tsx'
import { plural, t } from '#shared/translate.ts'

const WhatIfDialog = lazyPart(() => import('./what-if-dialog.tsx'), 'WhatIfDialog', {
  failed: DialogNotLoaded,
})

interface ReceiptDialogProps {
  runId: string
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Increases with every model call of a running answer, which reloads the receipt. */
  version?: number
  /** The estimate for the model call in progress. */
  pending?: Totals | null
}

export function ReceiptDialog({ open, onOpenChange, ...receipt }: ReceiptDialogProps) {
  // Remounts on each opening, so that it never shows an outdated receipt.
  return open ? <OpenReceipt {...receipt} onClose={() => onOpenChange(false)} /> : null
}

interface OpenReceiptProps {
  runId: string
  version?: number
  pending?: Totals | null
  onClose: () => void
}

function OpenReceipt({ runId, version, pending = null, onClose }: OpenReceiptProps) {
  const receipt = useReceipt(runId, version)
  const [comparing, setComparing] = useState(false)
  // A deleted answer has no cache rates and nothing to compare.
  const isGone = receipt.data?.deleted === true || receipt.data?.bookedIn?.title === null
  const conversationId = isGone ? null : (receipt.data?.items[0]?.conversationId ?? null)
  const onCompare = conversationId === null ? null : () => setComparing(true)
  return (
    <>
      <Dialog
        open
        onOpenChange={onClose}
        title={t`Receipt`}
        actions={receipt.data && <CopyReceipt receipt={receipt.data} />}
      >
        {receipt.isPending && <Loading />}
        {receipt.data !== undefined && <Calls {...{ receipt: receipt.data, pending, onCompare }} />}
        {receipt.isLoadingError && (
          <ErrorState
            title={t`The receipt could not be loaded`}
            error={receipt.error}
            onRetry={() => void receipt.refetch()}
          />
        )}
      </Dialog>
      {comparing && conversationId !== null && (
        <WhatIfDialog conversationId={conversationId} onClose={() => setComparing(false)} />
      )}
    </>
  )
}

function useReceipt(runId: string, version = 0) {
  const client = useQueryClient()
  useEffect(() => {
    if (version > 0) void client.invalidateQueries({ queryKey: receiptQuery(runId).queryKey })
  }, [client, runId, version])
  return useQuery(receiptQuery(runId))
}

interface CallsProps {
  receipt: Receipt
  pending: Totals | null
  /** Null if the calls belong to no conversation. */
  onCompare: (() => void) | null
}

function Calls({ receipt, pending, onCompare }: CallsProps) {
  const { items, counting, deleted, bookedIn } = receipt
  const totals = pending === null ? receipt.totals : addTotals(receipt.totals, pending)
  if (totals.calls === 0) {
    return (
      <EmptyState title={t`No model call yet`}>
        {t`Nothing has been paid for this answer.`}
      </EmptyState>
    )
  }
  const calls = plural(totals.calls, {
    one: t`1 model call`,
    other: t`${totals.calls} model calls`,
  })
  return (
    <div className="space-y-5">
      <div>
        <p>
          <Amount of={totals} className="text-2xl font-semibold tracking-tight" />
          <span className="text-muted">, {formatExactness(items, totals)}</span>
        </p>
        <p className="pt-1 text-sm text-muted tabular-nums">
          {t`${calls} · ${formatTokens(totals.inputTokens)} tokens in · ${formatTokens(totals.outputTokens)} out`}
        </p>
      </div>
      {items.length > 0 && <ReceiptTable calls={items} totals={totals} />}
      <div className="space-y-2 text-sm text-muted empty:hidden">
        {bookedIn !== undefined && (
          <p>
            {bookedIn.title === null
              ? t`Billed once, in a conversation that was deleted, which this conversation was branched from.`
              : t`Billed once, in “${visibleText(bookedIn.title)}”, which this conversation was branched from.`}
          </p>
        )}
        {pending !== null && (
          <p>
            {t`A model call is under way. What it costs is estimated from its input and the text so far.`}
          </p>
        )}
        {counting && (
          <p>
            {t`You stopped this answer, and the provider is still asked what it used. Until then the amount is an estimate.`}
          </p>
        )}
        {deleted === true && (
          <p>{t`Its conversation is deleted. What it cost stays under Usage.`}</p>
        )}
        <UnreportedUsage calls={items} />
        <WithoutPrice calls={items} />
      </div>
      {/* What was corrected is worth seeing at once. */}
      <details
        className="border-t border-line pt-3"
        open={items.some(({ corrections = [] }) => corrections.length > 0)}
      >
        <summary className="w-fit cursor-pointer rounded py-1 text-sm font-medium text-muted hover:text-ink">
          {t`Details`}
        </summary>
        <div className="space-y-4 pt-3">
          <CertaintyBadge of={totals}>{formatTotalCertainty(items, totals)}</CertaintyBadge>
          {deleted !== true && <CacheRates calls={items} />}
          {items.map((call) => (
            <CallCard key={call.id} call={call} />
          ))}
        </div>
      </details>
      {onCompare !== null && !totals.demo && (
        <Button className="w-full" aria-haspopup="dialog" onClick={onCompare}>
          {t`This conversation on other models`}
        </Button>
      )}
    </div>
  )
}

function Loading() {
  return (
    <output className="block space-y-4">
      <span className="sr-only">{t`Loading the receipt`}</span>
      <Skeleton className="h-8 w-32" />
      <Skeleton className="h-48 w-full" />
    </output>
  )
}

export function CopyReceipt({ receipt }: { receipt: Receipt }) {
  const showToast = useToast()
  const copy = () =>
    copyText(receiptText(receipt)).then((copied) =>
      showToast({ text: copied ? t`Receipt copied.` : t`The browser did not allow copying.` }),
    )
  return (
    <IconButton label={t`Copy as text`} onClick={() => void copy()}>
      <Icon of={Copy} />
    </IconButton>
  )
}
