import { useQuery } from '@tanstack/react-query'
import type { GeneralScope } from '#shared/budgets.ts'
import { budgetsQuery } from '../../api/budgets.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { BudgetForm } from './budget-form.tsx'

const LABELS: Record<GeneralScope, { title: string; hint: string }> = {
  run: { title: 'Each answer', hint: 'All requests of one answer, including tool calls.' },
  conversation: {
    title: 'Each conversation',
    hint: 'All its branches. The settings of a conversation can override it.',
  },
  day: { title: 'Each day', hint: 'All usage together. A day begins at 00:00 UTC.' },
  month: { title: 'Each month', hint: 'All usage together. A month begins at 00:00 UTC.' },
}

/** The limits per answer, conversation, day and month. */
export function BudgetsSection() {
  const budgets = useQuery(budgetsQuery())
  return (
    <>
      <h2 className="text-lg font-semibold tracking-tight">Budgets</h2>
      <p className="max-w-prose pt-1 text-sm text-muted">
        Before each request, Tally compares its maximum cost with what is left. A request that does
        not fit waits for your decision. An empty field sets no limit. Tokens are input and output
        together.
      </p>
      {budgets.isPending && <Skeleton className="mt-5 h-72 w-full" />}
      {budgets.isError && (
        <ErrorState
          title="The budgets could not be loaded"
          error={budgets.error}
          onRetry={() => void budgets.refetch()}
        />
      )}
      <div className="divide-y divide-line pt-2">
        {budgets.data?.items.map((budget) => (
          <BudgetForm key={budget.scope} budget={budget} {...LABELS[budget.scope]} />
        ))}
      </div>
    </>
  )
}
