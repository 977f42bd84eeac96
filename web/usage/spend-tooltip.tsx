import { visibleText } from '#shared/visible-text.ts'
import type { Part, SpendColumn } from './spend-columns.ts'
import { formatMeasured, type Measure, measured } from './spend-columns.ts'
import { Swatch } from './spend-tones.tsx'
import { t } from '#shared/translate.ts'

interface SpendTooltipProps {
  column: SpendColumn
  keys: string[]
  measure: Measure
  textured: boolean
  /** The middle of the bar, in pixels, and the width of the chart. */
  at: number
  width: number
}

/** Everything about one bar, beside it. */
export function SpendTooltip({ column, keys, measure, textured, at, width }: SpendTooltipProps) {
  const amount = (part: Part) => measured(measure, part)
  const parts = column.parts.toSorted((a, b) => amount(b) - amount(a))
  const total = parts.reduce((sum, part) => sum + amount(part), 0)
  const side = at < width / 2 ? { left: at + 14 } : { right: width - at + 14 }
  return (
    <div
      className="pointer-events-none absolute top-1 z-10 w-max max-w-[min(16rem,60%)] rounded-lg border border-line bg-surface px-3 py-2 text-xs shadow-float"
      style={side}
      aria-hidden
    >
      <p className="pb-1 font-semibold">{column.label}</p>
      {parts.length === 0 && <p className="text-muted">{t`Nothing spent`}</p>}
      <ul>
        {parts.map((part) => (
          <li key={part.key} className="flex items-center gap-2 py-0.5">
            <Swatch index={keys.indexOf(part.key)} textured={textured} />
            <span className="min-w-0 truncate">{visibleText(part.label)}</span>
            <span className="ml-auto pl-3 tabular-nums">
              {formatMeasured(measure, amount(part))}
            </span>
          </li>
        ))}
      </ul>
      {parts.length > 1 && (
        <p className="flex justify-between gap-3 pt-0.5 font-semibold">
          {t`Total`} <span className="tabular-nums">{formatMeasured(measure, total)}</span>
        </p>
      )}
    </div>
  )
}
