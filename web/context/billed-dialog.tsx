import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ConversationBilled } from '#shared/billed.ts'
import { alignedAmount, decimalsToAlign } from '#shared/exact-usd.ts'
import type { Totals } from '#shared/totals.ts'
import { visibleText } from '#shared/visible-text.ts'
import { billedQuery } from '../api/context.ts'
import { Link } from '../router.tsx'
import { Amount, amountLabel } from '../ui/amount.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { formatTokens } from '../ui/tokens.tsx'
import { t } from '#shared/translate.ts'
import { rich } from '../ui/rich.ts'

interface BilledDialogProps {
  conversationId: string
  onOpenChange: (open: boolean) => void
  /** Shown below the amounts. */
  more?: ReactNode
}

/** What a conversation has cost, split into the visible branch and everything else. */
export function BilledDialog({ conversationId, onOpenChange, more }: BilledDialogProps) {
  const billed = useQuery({ ...billedQuery(conversationId), staleTime: 0 })
  return (
    <Dialog open onOpenChange={onOpenChange} title={t`Billed`}>
      {billed.isPending && <Loading />}
      {billed.data !== undefined && (
        <div className="space-y-4">
          <Parts billed={billed.data} onClose={() => onOpenChange(false)} />
          {more}
        </div>
      )}
      {billed.isLoadingError && (
        <ErrorState
          title={t`The cost could not be loaded`}
          error={billed.error}
          onRetry={() => void billed.refetch()}
        />
      )}
    </Dialog>
  )
}

type BilledPart = Exclude<keyof ConversationBilled, 'all' | 'beforeBranching'>

const PARTS: { part: BilledPart; name: string; hint: string }[] = [
  { part: 'branch', name: t`This branch`, hint: t`The answers you see` },
  {
    part: 'otherBranches',
    name: t`Other branches`,
    hint: t`Other versions of answers and messages`,
  },
  { part: 'deleted', name: t`Deleted`, hint: t`Deleted answers were billed too` },
  { part: 'other', name: t`Outside answers`, hint: t`The title, summaries and token counts` },
]

function Parts({ billed, onClose }: { billed: ConversationBilled; onClose: () => void }) {
  const { all, beforeBranching: before } = billed
  const decimals = decimalsToAlign(
    [all, ...PARTS.map(({ part }) => billed[part])].map(({ costNanoUsd }) => costNanoUsd ?? 0),
  )
  return (
    <div className="space-y-4">
      <div>
        <p>
          <Amount of={all} className="text-2xl font-semibold tracking-tight" />
          <span className="text-muted"> {t`for this conversation`}</span>
        </p>
        <p className="pt-1 text-sm text-muted">{amountLabel(all)}</p>
      </div>
      <table className="w-full text-sm">
        <caption className="sr-only">{t`What this conversation has cost`}</caption>
        <thead>
          <tr className="border-b border-line text-xs text-muted *:py-1.5 *:pl-3 *:text-right *:font-normal">
            <th scope="col" className="!pl-0 !text-left">
              {t`What for`}
            </th>
            <th scope="col">{t`Amount`}</th>
            <th scope="col" className="max-sm:hidden">
              {t`Calls`}
            </th>
            <th scope="col">{t`Tokens`}</th>
          </tr>
        </thead>
        <tbody>
          {PARTS.map(({ part, ...label }) => (
            <Row key={part} {...label} totals={billed[part]} decimals={decimals} />
          ))}
        </tbody>
        <tfoot className="font-semibold [&_th]:font-semibold">
          <Row name={t`Total`} totals={all} decimals={decimals} />
        </tfoot>
      </table>
      {before !== undefined && (
        <p className="text-sm">
          {before.title === null
            ? rich`Before branching: ${<Amount of={before.totals} />}, billed in a conversation that was deleted and not again here.`
            : rich`Before branching: ${<Amount of={before.totals} />}, billed in ${(
                <Link
                  href={`/c/${before.conversationId}`}
                  className="font-medium text-accent underline underline-offset-4"
                  onClick={onClose}
                >
                  {visibleText(before.title)}
                </Link>
              )} and not again here.`}
        </p>
      )}
      <p className="text-xs text-muted">
        {t`Each message sends the conversation to the model again, so more tokens are billed than it holds.`}
      </p>
    </div>
  )
}

interface RowProps {
  name: string
  hint?: string
  totals: Totals
  decimals: number
}

function Row({ name, hint, totals, decimals }: RowProps) {
  const isNone = totals.calls === 0
  return (
    <tr className="border-b border-line align-top tabular-nums last:border-0 *:py-2 *:pl-3 *:text-right">
      <th scope="row" className="!pl-0 !text-left font-medium">
        {name}
        {hint !== undefined && <span className="block text-xs font-normal text-muted">{hint}</span>}
      </th>
      <td title={isNone ? undefined : amountLabel(totals)} className={isNone ? 'text-muted' : ''}>
        {isNone ? t`none` : alignedAmount(totals, decimals)}
      </td>
      <td className="max-sm:hidden">{!isNone && formatTokens(totals.calls)}</td>
      <td>{!isNone && formatTokens(totals.inputTokens + totals.outputTokens)}</td>
    </tr>
  )
}

function Loading() {
  return (
    <output className="block space-y-4">
      <span className="sr-only">{t`Loading what it has cost`}</span>
      <Skeleton className="h-8 w-32" />
      <Skeleton className="h-40 w-full" />
    </output>
  )
}
