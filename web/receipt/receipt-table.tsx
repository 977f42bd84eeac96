import type { ModelCall } from '#shared/ledger.ts'
import type { Totals } from '#shared/totals.ts'
import { Wide } from '../ui/wide.tsx'
import { decimalsFor, exactAmount, exactUsd } from '#shared/exact-usd.ts'
import { type ReceiptGroup, receiptGroups, remainder } from './receipt-groups.ts'
import { formatQuantity, formatRate, rateDecimals } from './receipt-lines.ts'
import { t } from '#shared/translate.ts'

/** What an answer cost, in one table that adds up. */
export function ReceiptTable({ calls, totals }: { calls: ModelCall[]; totals: Totals }) {
  const groups = receiptGroups(calls)
  const left = remainder(calls)
  const amounts = groups.flatMap(({ lines }) => lines.map((line) => line.amountNanoUsd ?? 0))
  const decimals = decimalsFor([...amounts, left.nanoUsd, totals.costNanoUsd ?? 0])
  const money = (nanoUsd: number) => exactUsd(nanoUsd, decimals)
  const rateDigits = rateDecimals(groups.flatMap(({ lines }) => lines))
  return (
    <Wide>
      <table aria-label={t`What it cost`} className="w-full text-[13px] tabular-nums sm:text-sm">
        <thead>
          <tr className="border-b border-line text-xs text-muted *:py-1.5 *:pl-3 *:text-right *:font-normal *:first:pl-0">
            <th scope="col" className="!text-left">
              {t`Item`}
            </th>
            <th scope="col">{t`Quantity`}</th>
            <th scope="col">{t`Per 1M`}</th>
            <th scope="col">{t`Amount`}</th>
          </tr>
        </thead>
        {groups.map((group) => (
          <Lines key={group.label} group={group} money={money} rateDigits={rateDigits} />
        ))}
        <tfoot>
          {left.nanoUsd !== 0 && (
            <tr className="text-muted">
              <th scope="row" colSpan={3} className="py-1 text-left font-normal">
                {left.label}
              </th>
              <td className="pl-3 text-right">{money(left.nanoUsd)}</td>
            </tr>
          )}
          <tr className="border-t border-line-strong font-semibold">
            <th scope="row" colSpan={3} className="py-2 text-left">
              {totals.demo ? t`Total at the demo’s price` : t`Total`}
            </th>
            <td className="pl-3 text-right">{exactAmount(totals, decimals)}</td>
          </tr>
        </tfoot>
      </table>
    </Wide>
  )
}

interface LinesProps {
  group: ReceiptGroup
  money: (nanoUsd: number) => string
  /** The decimals of the rates. */
  rateDigits: number
}

function Lines({ group, money, rateDigits }: LinesProps) {
  const { label, calls, lines } = group
  return (
    <tbody>
      <tr>
        <th
          scope="rowgroup"
          colSpan={4}
          className="pt-2.5 pb-0.5 text-left font-medium wrap-anywhere"
        >
          {label}
          {calls > 1 && (
            <span className="font-normal text-muted">
              {', '}
              {t`${calls} calls`}
            </span>
          )}
        </th>
      </tr>
      {lines.length === 0 && (
        <tr className="text-muted">
          <td colSpan={4} className="py-0.5">
            {t`No tokens reported`}
          </td>
        </tr>
      )}
      {lines.map((line) => (
        <tr key={line.key} className="*:py-0.5 *:pl-3 *:text-right">
          <th scope="row" className="!pl-0 !text-left font-normal">
            {line.label}
          </th>
          <td>
            {line.mark}
            {formatQuantity(line)}
          </td>
          <td className="text-muted">
            {line.perMillion === null ? '–' : formatRate(line.kind, line.perMillion, rateDigits)}
          </td>
          <td>{line.amountNanoUsd === null ? '–' : money(line.amountNanoUsd)}</td>
        </tr>
      ))}
    </tbody>
  )
}
