import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ConversationBilled } from '#shared/billed.ts'
import type { Totals } from '#shared/totals.ts'
import { visibleText } from '#shared/visible-text.ts'
import { billedQuery } from '../api/context.ts'
import { Link } from '../router.tsx'
import { Amount, amountLabel } from '../ui/amount.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { formatTokens } from '../ui/tokens.tsx'

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
    <Dialog open onOpenChange={onOpenChange} title="Billed">
      {billed.isPending && <Loading />}
      {billed.data !== undefined && (
        <div className="space-y-4">
          <Parts billed={billed.data} onClose={() => onOpenChange(false)} />
          {more}
        </div>
      )}
      {billed.isLoadingError && (
        <ErrorState
          title="The cost could not be loaded"
          error={billed.error}
          onRetry={() => void billed.refetch()}
        />
      )}
    </Dialog>
  )
}

type BilledPart = Exclude<keyof ConversationBilled, 'all' | 'beforeBranching'>

const PARTS: { part: BilledPart; name: string; hint: string }[] = [
  { part: 'branch', name: 'This branch', hint: 'The answers in view' },
  {
    part: 'otherBranches',
    name: 'Other branches',
    hint: 'Retried answers and edited questions',
  },
  { part: 'deleted', name: 'Deleted', hint: 'Deleted answers, whose cost stays' },
  { part: 'other', name: 'Around it', hint: 'The title, and requests outside answers' },
]

function Parts({ billed, onClose }: { billed: ConversationBilled; onClose: () => void }) {
  const { all, beforeBranching: before } = billed
  return (
    <div className="space-y-4">
      <div>
        <p className="text-sm text-muted">This conversation has cost</p>
        <Amount of={all} className="text-2xl font-semibold tracking-tight" />
        <p className="text-sm text-muted">{amountLabel(all)}</p>
      </div>
      <table className="w-full text-sm">
        <caption className="sr-only">What this conversation has cost</caption>
        <thead>
          <tr className="border-b border-line text-xs text-muted *:py-1.5 *:pl-3 *:text-right *:font-normal">
            <th scope="col" className="!pl-0 !text-left">
              For
            </th>
            <th scope="col">Amount</th>
            <th scope="col" className="max-sm:hidden">
              Calls
            </th>
            <th scope="col">Tokens</th>
          </tr>
        </thead>
        <tbody>
          {PARTS.map(({ part, ...label }) => (
            <Row key={part} {...label} totals={billed[part]} />
          ))}
        </tbody>
        <tfoot className="font-semibold [&_th]:font-semibold">
          <Row name="All together" totals={all} />
        </tfoot>
      </table>
      {before !== undefined && (
        <p className="text-sm">
          Before branching: <Amount of={before.totals} />, billed in{' '}
          {before.title === null ? (
            'a conversation that was deleted'
          ) : (
            <Link
              href={`/c/${before.conversationId}`}
              className="underline underline-offset-2"
              onClick={onClose}
            >
              {visibleText(before.title)}
            </Link>
          )}{' '}
          and not again here.
        </p>
      )}
      <p className="text-xs text-muted">
        Every question sends the whole conversation again, so more was billed than what the model
        has in view.
      </p>
    </div>
  )
}

function Row({ name, hint, totals }: { name: string; hint?: string; totals: Totals }) {
  return (
    <tr className="border-b border-line align-top tabular-nums last:border-0 *:py-2 *:pl-3 *:text-right">
      <th scope="row" className="!pl-0 !text-left font-medium">
        {name}
        {hint !== undefined && <span className="block text-xs font-normal text-muted">{hint}</span>}
      </th>
      <td>{totals.calls === 0 ? <None /> : <Amount of={totals} />}</td>
      <td className="max-sm:hidden">
        {totals.calls === 0 ? <None /> : formatTokens(totals.calls)}
      </td>
      <td>
        {totals.calls === 0 ? <None /> : formatTokens(totals.inputTokens + totals.outputTokens)}
      </td>
    </tr>
  )
}

function None() {
  return <span className="text-muted">none</span>
}

function Loading() {
  return (
    <output className="block space-y-4">
      <span className="sr-only">Loading what it has cost</span>
      <Skeleton className="h-8 w-32" />
      <Skeleton className="h-40 w-full" />
    </output>
  )
}
