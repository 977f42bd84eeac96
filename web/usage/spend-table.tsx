import { Amount } from '../ui/amount.tsx'
import { Tokens } from '../ui/tokens.tsx'
import { Wide } from '../ui/wide.tsx'
import type { Part, SpendColumn } from './spend-columns.ts'
import type { Measure } from './spend-columns.ts'
import { t } from '#shared/translate.ts'

interface SpendTableProps {
  caption: string
  columns: SpendColumn[]
  keys: string[]
  labels: string[]
  measure: Measure
}

/** The figures of the chart as a table. */
export function SpendTable({ caption, columns, keys, labels, measure }: SpendTableProps) {
  const used = columns.filter(({ parts }) => parts.length > 0).toReversed()
  return (
    <Wide>
      <table className="w-full text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-xs text-muted *:px-4 *:py-1.5 *:text-right *:font-normal">
            <th scope="col" className="!text-left">
              {t`Time`}
            </th>
            {labels.map((label, index) => (
              <th scope="col" key={keys[index]}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {used.map(({ key, label, parts }) => (
            <tr
              key={key}
              className="border-b border-line tabular-nums last:border-0 *:px-4 *:py-2 *:text-right"
            >
              <th scope="row" className="!text-left font-normal whitespace-nowrap">
                {label}
              </th>
              {keys.map((group) => (
                <td key={group}>
                  <Cell part={parts.find((part) => part.key === group)} measure={measure} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  )
}

function Cell({ part, measure }: { part: Part | undefined; measure: Measure }) {
  if (part === undefined) return '–'
  return measure === 'money' ? <Amount of={part} /> : <Tokens count={part.tokens} />
}
