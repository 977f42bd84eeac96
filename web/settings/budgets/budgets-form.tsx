import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import type { Budget, GeneralScope, UpdateBudgets } from '#shared/budgets.ts'
import { budgetsQuery, updateBudgets } from '../../api/budgets.ts'
import { Button } from '../../ui/button.tsx'
import { parseTokens, parseUsd, usdText } from '../usd.ts'
import { BudgetFields, type LimitText } from './budget-fields.tsx'
import { t } from '#shared/translate.ts'

type Form = { [Scope in GeneralScope]?: LimitText }

export function BudgetsForm({ budgets }: { budgets: Budget[] }) {
  const client = useQueryClient()
  const [edited, setEdited] = useState<Form>({})
  const saving = useMutation({
    mutationFn: updateBudgets,
    onSuccess: (list) => {
      client.setQueryData(budgetsQuery().queryKey, list)
      setEdited({})
    },
  })
  const textOf = (budget: Budget) => edited[budget.scope] ?? toText(budget)
  const wrong = budgets.some((budget) => isWrong(textOf(budget)))
  const change = changedLimits(budgets, textOf)
  const isChanged = Object.keys(change).length > 0

  const save = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isChanged && !wrong) saving.mutate(change)
  }
  return (
    <form aria-label={t`Budgets`} noValidate onSubmit={save}>
      <div className="divide-y divide-line pt-2">
        {budgets.map((budget) => (
          <BudgetFields
            key={budget.scope}
            budget={budget}
            text={textOf(budget)}
            onText={(text) => setEdited((before) => ({ ...before, [budget.scope]: text }))}
          />
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-3 border-t border-line pt-4">
        <Button
          type="submit"
          variant="primary"
          busy={saving.isPending}
          disabled={!isChanged || wrong}
        >
          {t`Save`}
        </Button>
        <output className="text-sm text-muted">
          {wrong && t`Correct the fields marked in red.`}
          {saving.isSuccess && !isChanged && t`Saved.`}
        </output>
        {saving.error !== null && (
          <p role="alert" className="text-sm text-danger">
            {saving.error.message}
          </p>
        )}
      </div>
    </form>
  )
}

function toText({ limitNanoUsd, limitTokens }: Budget): LimitText {
  return { money: usdText(limitNanoUsd), tokens: limitTokens === null ? '' : String(limitTokens) }
}

function isWrong({ money, tokens }: LimitText): boolean {
  return Number.isNaN(parseUsd(money)) || Number.isNaN(parseTokens(tokens))
}

function changedLimits(budgets: Budget[], textOf: (budget: Budget) => LimitText): UpdateBudgets {
  const changed = budgets.flatMap((budget) => {
    const { money, tokens } = textOf(budget)
    const limit = { limitNanoUsd: parseUsd(money), limitTokens: parseTokens(tokens) }
    const isSame =
      limit.limitNanoUsd === budget.limitNanoUsd && limit.limitTokens === budget.limitTokens
    return isSame ? [] : [[budget.scope, limit]]
  })
  return Object.fromEntries(changed)
}
