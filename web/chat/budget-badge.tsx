import type { BudgetWarning } from '#shared/budgets.ts'
import { spentPercent, warningSentence } from '#shared/notice-sentences.ts'
import { t } from '#shared/translate.ts'

const VARIANTS = {
  50: 'bg-sunken text-muted',
  80: 'bg-warn-soft text-warn',
  100: 'bg-danger-soft text-danger',
}

export function BudgetBadge({ warning }: { warning: BudgetWarning }) {
  const words = warningSentence(warning)
  return (
    <output
      aria-label={t`Budget`}
      title={words}
      className={`shrink-0 rounded-md px-2 py-0.5 text-xs tabular-nums ${VARIANTS[warning.percent]}`}
    >
      <span className="max-lg:sr-only">{words}</span>
      <span aria-hidden className="lg:hidden">{`${spentPercent(warning)} %`}</span>
    </output>
  )
}
