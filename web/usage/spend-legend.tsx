import type { UsageBy, UsageSummary } from '#shared/api.ts'
import { addTotals, NO_CALLS } from '#shared/add-totals.ts'
import type { Totals } from '#shared/totals.ts'
import { visibleText } from '#shared/visible-text.ts'
import { Amount } from '../ui/amount.tsx'
import { Tokens } from '../ui/tokens.tsx'
import type { Measure } from './spend-columns.ts'
import { SPEND_BY } from './usage-labels.ts'
import { Swatch } from './spend-tones.tsx'
import { language, t } from '#shared/translate.ts'

interface SpendLegendProps {
  by: UsageBy
  keys: string[]
  usage: UsageSummary
  measure: Measure
  textured: boolean
}

/** The tone, name and sum of each group. */
export function SpendLegend({ by, keys, usage, measure, textured }: SpendLegendProps) {
  const { groups, totals } = usage
  const named = groups.filter(({ key }) => key !== 'others' && keys.includes(key))
  const others = groups.filter((group) => !named.includes(group)).map((group) => group.totals)
  return (
    <>
      <ul
        aria-label={SPEND_BY[by]}
        className="grid grid-cols-1 gap-x-6 gap-y-1 px-4 text-sm sm:grid-cols-2"
      >
        {named.map(({ key, label, totals: sum }) => (
          <Entry
            key={key}
            index={keys.indexOf(key)}
            label={visibleText(label)}
            {...{ sum, measure, textured }}
          />
        ))}
        {others.length > 0 && (
          <Entry
            index={-1}
            label={t`Others (${others.length})`}
            sum={others.reduce(addTotals, NO_CALLS)}
            {...{ measure, textured }}
          />
        )}
      </ul>
      {measure === 'tokens' && (
        <p className="px-4 text-xs text-muted">
          {t`Nothing here has a price above zero, so the bars are tokens.`}
        </p>
      )}
      {measure === 'money' && totals.unpricedCalls > 0 && (
        <p className="px-4 text-xs text-muted">
          {t`Calls without a price are not in the bars: ${totals.unpricedCalls.toLocaleString(language())}`}
        </p>
      )}
    </>
  )
}

interface EntryProps {
  index: number
  label: string
  sum: Totals
  measure: Measure
  textured: boolean
}

function Entry({ index, label, sum, measure, textured }: EntryProps) {
  return (
    <li className="flex items-center gap-2">
      <Swatch index={index} textured={textured} />
      <span className="min-w-0 truncate" title={label}>
        {label}
      </span>
      <span className="ml-auto font-medium">
        {measure === 'money' ? (
          <Amount of={sum} />
        ) : (
          <Tokens count={sum.inputTokens + sum.outputTokens} />
        )}
      </span>
    </li>
  )
}
