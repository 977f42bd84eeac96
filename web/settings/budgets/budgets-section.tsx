import { useQuery } from '@tanstack/react-query'
import { budgetsQuery } from '../../api/budgets.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { BudgetsForm } from './budgets-form.tsx'
import { t } from '#shared/translate.ts'

/** The limits per answer, conversation, day and month. */
export function BudgetsSection() {
  const budgets = useQuery(budgetsQuery())
  return (
    <>
      <h2 className="text-lg font-semibold tracking-tight">{t`Budgets`}</h2>
      <p className="max-w-prose pt-1 text-sm text-muted">
        {t`Before each request, Tally compares its maximum cost with what is left. A request that does not fit waits for your decision. An empty field sets no limit. Tokens are input and output together.`}
      </p>
      {budgets.isPending && <Skeleton className="mt-5 h-72 w-full" />}
      {budgets.isError && (
        <ErrorState
          title={t`The budgets could not be loaded`}
          error={budgets.error}
          onRetry={() => void budgets.refetch()}
        />
      )}
      {budgets.data && <BudgetsForm budgets={budgets.data.items} />}
    </>
  )
}
