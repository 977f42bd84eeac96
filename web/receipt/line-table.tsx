import type { ModelCall } from '#shared/ledger.ts'
import { formatTokens } from '../ui/tokens.tsx'
import { Wide } from '../ui/wide.tsx'
import { approximateMark } from './format-call.ts'
import { decimalsFor, exactAmount, exactUsd } from '#shared/exact-usd.ts'
import {
  isFee,
  formatQuantity,
  formatRate,
  rateDecimals,
  type ReceiptLine,
  receiptLines,
  unexplainedNanoUsd,
} from './receipt-lines.ts'
import { t } from '#shared/translate.ts'

export function LineTable({ call }: { call: ModelCall }) {
  const lines = receiptLines(call)
  const left = unexplainedNanoUsd(call, lines)
  const decimals = decimalsFor([
    ...lines.map((line) => line.amountNanoUsd ?? 0),
    call.costNanoUsd ?? 0,
    left,
  ])
  const money = (nanoUsd: number) => exactUsd(nanoUsd, decimals)
  if (lines.length === 0) {
    return <p className="text-sm text-muted">{t`The provider reported no tokens for this call.`}</p>
  }
  return (
    <Wide>
      <table className="w-full text-[13px] tabular-nums sm:text-sm">
        <thead className="text-left text-xs text-muted">
          <tr>
            <th className="pb-1 font-normal">{t`Item`}</th>
            <th className="pb-1 pl-2 text-right sm:pl-4 font-normal whitespace-nowrap">{t`Quantity`}</th>
            <th className="pb-1 pl-2 text-right sm:pl-4 font-normal whitespace-nowrap">{t`Per 1M`}</th>
            <th className="pb-1 pl-2 text-right sm:pl-4 font-normal whitespace-nowrap">{t`Amount`}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line
              key={line.kind}
              line={line}
              call={call}
              money={money}
              rateDigits={rateDecimals(lines)}
            />
          ))}
        </tbody>
        <tfoot>
          {left !== 0 && (
            <Sum label={remainderLabel(call, left, lines)} amount={money(left)} quiet />
          )}
          <Sum label={t`Amount`} amount={exactAmount(call, decimals)} />
        </tfoot>
      </table>
    </Wide>
  )
}

interface LineProps {
  line: ReceiptLine
  call: ModelCall
  money: (nanoUsd: number) => string
  /** The decimals of the rates. */
  rateDigits: number
}

function Line({ line, call, money, rateDigits }: LineProps) {
  const mark = isFee(line) ? '' : approximateMark(call)
  const reasoning = line.kind === 'output' ? (call.reasoningTokens ?? 0) : 0
  return (
    <>
      <tr>
        <th scope="row" className="py-0.5 text-left font-normal">
          {line.label}
        </th>
        <td className="pl-2 text-right sm:pl-4">
          {mark}
          {formatQuantity(line)}
        </td>
        <td className="pl-2 text-right sm:pl-4 text-muted">
          {line.perMillion === null ? '–' : formatRate(line.kind, line.perMillion, rateDigits)}
        </td>
        <td className="pl-2 text-right sm:pl-4">
          {line.amountNanoUsd === null ? '–' : money(line.amountNanoUsd)}
        </td>
      </tr>
      {reasoning > 0 && (
        <tr className="text-muted">
          <th scope="row" className="py-0.5 pl-2 text-left font-normal whitespace-nowrap sm:pl-3">
            {t`of which reasoning`}
          </th>
          <td className="pl-2 text-right sm:pl-4">
            {mark}
            {formatTokens(reasoning)}
          </td>
          <td colSpan={2} className="pl-2 text-right sm:pl-4 text-xs max-sm:hidden">
            {t`in the output`}
          </td>
        </tr>
      )}
    </>
  )
}

function Sum({ label, amount, quiet = false }: { label: string; amount: string; quiet?: boolean }) {
  const weight = quiet ? 'font-normal' : 'font-semibold'
  return (
    <tr className={quiet ? 'text-muted' : 'border-t border-line'}>
      <th scope="row" colSpan={3} className={`py-1 text-left ${weight}`}>
        {label}
      </th>
      <td className={`pl-2 text-right sm:pl-4 ${weight}`}>{amount}</td>
    </tr>
  )
}

/** Each line is rounded by at most one nano-dollar; a larger remainder has another cause. */
function remainderLabel(call: ModelCall, left: number, lines: ReceiptLine[]): string {
  if (call.certainty === 'reported') return t`The provider’s amount less these lines`
  return Math.abs(left) <= lines.length ? t`Rounding` : t`Not itemised`
}
