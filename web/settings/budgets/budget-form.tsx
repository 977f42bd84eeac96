import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useId, useState } from 'react'
import type { Budget } from '#shared/budgets.ts'
import { formatTokenCount } from '#shared/notice-sentences.ts'
import { formatAmount } from '#shared/money.ts'
import { budgetsQuery, updateBudgets } from '../../api/budgets.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { parseTokens, parseUsd, usdText } from '../usd.ts'

interface BudgetFormProps {
  budget: Budget
  title: string
  hint: string
}

export function BudgetForm({ budget, title, hint }: BudgetFormProps) {
  const { scope, limitNanoUsd, limitTokens, source } = budget
  const headingId = useId()
  const client = useQueryClient()
  const [money, setMoney] = useState(() => usdText(limitNanoUsd))
  const [tokens, setTokens] = useState(() => (limitTokens === null ? '' : String(limitTokens)))
  const saving = useMutation({
    mutationFn: updateBudgets,
    onSuccess: (list) => client.setQueryData(budgetsQuery().queryKey, list),
  })
  const limit = { limitNanoUsd: parseUsd(money), limitTokens: parseTokens(tokens) }
  const wrong = Number.isNaN(limit.limitNanoUsd) || Number.isNaN(limit.limitTokens)
  const isChanged = limit.limitNanoUsd !== limitNanoUsd || limit.limitTokens !== limitTokens
  const isFixed = source === 'environment'

  const save = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!wrong) saving.mutate({ [scope]: limit })
  }
  return (
    <form aria-labelledby={headingId} noValidate className="py-5" onSubmit={save}>
      <h3 id={headingId} className="font-medium">
        {title}
      </h3>
      <p className="pt-0.5 text-sm text-muted">{isFixed ? formatEnvironment(budget) : hint}</p>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2 pt-3">
        <Limit
          label="Dollars"
          hint="Like 0.50"
          value={money}
          wrong={Number.isNaN(limit.limitNanoUsd)}
          readOnly={isFixed}
          onText={setMoney}
        />
        <Limit
          label="Tokens"
          hint="A whole number"
          value={tokens}
          wrong={Number.isNaN(limit.limitTokens)}
          readOnly={isFixed}
          onText={setTokens}
        />
        {!isFixed && (
          <Button
            type="submit"
            className="sm:mt-6"
            busy={saving.isPending}
            disabled={!isChanged || wrong}
          >
            Save
          </Button>
        )}
      </div>
      <output className="block pt-2 text-sm text-muted">
        {formatSpent(budget)}
        {saving.isSuccess && !isChanged && ' Saved.'}
      </output>
      {saving.error !== null && (
        <p role="alert" className="pt-1 text-sm text-danger">
          {saving.error.message}
        </p>
      )}
    </form>
  )
}

interface LimitProps {
  label: string
  hint: string
  value: string
  wrong: boolean
  readOnly: boolean
  onText: (text: string) => void
}

function Limit({ label, hint, value, wrong, readOnly, onText }: LimitProps) {
  return (
    <Field label={label} hint={hint} wrong={wrong} className="w-40">
      {({ className, ...control }) => (
        <input
          {...control}
          className={`${className} h-10 px-3 read-only:bg-sunken pointer-coarse:h-11`}
          inputMode="decimal"
          autoComplete="off"
          value={value}
          readOnly={readOnly}
          onChange={(event) => onText(event.target.value)}
        />
      )}
    </Field>
  )
}

function formatEnvironment({ scope }: Budget): string {
  return `Set by TALLY_BUDGET_${scope.toUpperCase()} in the environment. Change it there.`
}

function formatSpent(budget: Budget): string | null {
  const { scope, spentNanoUsd, spentCertainty, spentUnpricedCalls, spentTokens } = budget
  if (spentNanoUsd === null || spentCertainty === null || spentTokens === null) return null
  const when = scope === 'day' ? 'today' : 'this month'
  const spent = {
    costNanoUsd: spentNanoUsd,
    certainty: spentCertainty,
    unpricedCalls: spentUnpricedCalls ?? 0,
  }
  return `Spent ${when}: ${formatAmount(spent)}, ${formatTokenCount(spentTokens)}.`
}
