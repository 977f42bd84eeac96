import { useId } from 'react'
import type { Budget, GeneralScope } from '#shared/budgets.ts'
import { formatAmount } from '#shared/money.ts'
import { formatTokenCount } from '#shared/notice-sentences.ts'
import { Field } from '../../ui/field.tsx'
import { useNow } from '../../ui/use-now.ts'
import { parseTokens, parseUsd } from '../usd.ts'
import { formatPace, usedShare } from './budget-pace.ts'
import { t } from '#shared/translate.ts'

/** The limits as they are written into their fields. */
export interface LimitText {
  money: string
  tokens: string
}

const LABELS: Record<GeneralScope, { title: string; hint: string }> = {
  run: { title: t`Each answer`, hint: t`All requests of one answer, including tool calls.` },
  conversation: {
    title: t`Each conversation`,
    hint: t`All its branches. The settings of a conversation can override it.`,
  },
  day: { title: t`Each day`, hint: t`All usage together. A day begins at 00:00 UTC.` },
  month: { title: t`Each month`, hint: t`All usage together. A month begins at 00:00 UTC.` },
}

interface BudgetFieldsProps {
  budget: Budget
  text: LimitText
  onText: (text: LimitText) => void
}

/** The limits of one scope and how far they are used up. */
export function BudgetFields({ budget, text, onText }: BudgetFieldsProps) {
  const { title, hint } = LABELS[budget.scope]
  const titleId = useId()
  const isFixed = budget.source === 'environment'
  return (
    <fieldset
      aria-labelledby={titleId}
      className="grid gap-x-6 gap-y-3 py-5 sm:grid-cols-[1fr_auto]"
    >
      <div>
        <h3 id={titleId} className="font-medium">
          {title}
        </h3>
        <p className="pt-0.5 text-sm text-muted">
          {isFixed ? formatEnvironment(budget.scope) : hint}
        </p>
      </div>
      <div className="flex gap-3">
        <Limit
          label={t`Dollars`}
          hint={t`Like 0.50`}
          value={text.money}
          wrong={Number.isNaN(parseUsd(text.money))}
          readOnly={isFixed}
          onText={(money) => onText({ ...text, money })}
        />
        <Limit
          label={t`Tokens`}
          hint={t`A whole number`}
          value={text.tokens}
          wrong={Number.isNaN(parseTokens(text.tokens))}
          readOnly={isFixed}
          onText={(tokens) => onText({ ...text, tokens })}
        />
      </div>
      <Spent budget={budget} />
    </fieldset>
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
    <Field label={label} hint={hint} wrong={wrong} className="w-36">
      {({ className, ...control }) => (
        <input
          {...control}
          className={`${className} h-10 px-3 tabular-nums read-only:bg-sunken pointer-coarse:h-11`}
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

/** A day and a month have one sum; an answer and a conversation have one each. */
function Spent({ budget }: { budget: Budget }) {
  const now = useNow(60_000)
  const { scope, spentNanoUsd, spentCertainty, spentUnpricedCalls, spentTokens } = budget
  if (spentNanoUsd === null || spentCertainty === null || spentTokens === null) return null
  const spent = {
    costNanoUsd: spentNanoUsd,
    certainty: spentCertainty,
    unpricedCalls: spentUnpricedCalls ?? 0,
  }
  const label = scope === 'day' ? t`Spent today` : t`Spent this month`
  const share = usedShare(budget)
  const pace = formatPace(budget, now)
  return (
    <div className="text-sm text-muted sm:col-span-2">
      {share !== null && (
        <progress
          aria-label={label}
          max={1}
          value={Math.min(1, share)}
          className={`mb-1.5 block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-line [&::-webkit-progress-bar]:bg-line ${share >= 0.8 ? WARN_BAR : ACCENT_BAR}`}
        />
      )}
      <p className="flex flex-wrap justify-between gap-x-4 tabular-nums">
        <span>{t`${label}: ${formatAmount(spent)}, ${formatTokenCount(spentTokens)}.`}</span>
        {share !== null && <span className="ml-auto">{Math.round(share * 100)} %</span>}
      </p>
      {pace !== null && <p>{pace}</p>}
    </div>
  )
}

const ACCENT_BAR = '[&::-moz-progress-bar]:bg-accent [&::-webkit-progress-value]:bg-accent'
const WARN_BAR = '[&::-moz-progress-bar]:bg-warn [&::-webkit-progress-value]:bg-warn'

function formatEnvironment(scope: GeneralScope): string {
  return t`Set by TALLY_BUDGET_${scope.toUpperCase()} in the environment. Change it there.`
}
