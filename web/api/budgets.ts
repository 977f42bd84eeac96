// The budgets of the whole installation.
import { queryOptions } from '@tanstack/react-query'
import { BudgetList, type UpdateBudgets } from '#shared/budgets.ts'
import { request } from './request.ts'

export const budgetsQuery = () =>
  queryOptions({
    queryKey: ['budgets'],
    queryFn: ({ signal }) => request('/api/budgets', BudgetList, { signal }),
  })

export function updateBudgets(body: UpdateBudgets): Promise<BudgetList> {
  return request('/api/budgets', BudgetList, { method: 'PUT', body })
}
