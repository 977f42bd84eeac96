import type { Receipt, ReceiptCall } from '#shared/api.ts'
import type { ModelCall } from '#shared/ledger.ts'
import { amountLabel } from '../ui/amount.tsx'
import { causeSentence, hitRateOf, hitSentence, formatPercent } from './format-cache.ts'
import {
  approximateMark,
  callFacts,
  formatCertainty,
  formatCorrection,
  FLAG_LABELS,
  formatModel,
  PURPOSE_LABELS,
} from './format-call.ts'
import { exactAmount, exactUsd } from '#shared/exact-usd.ts'
import {
  isFee,
  formatQuantity,
  formatRate,
  type ReceiptLine,
  receiptLines,
} from './receipt-lines.ts'

/** Formats the receipt as plain text. */
export function receiptText({ items, totals, deleted }: Receipt): string {
  const rate = deleted === true ? null : hitRateOf(items)
  return [
    'Receipt',
    ...items.map(callText),
    ...(rate === null ? [] : [`Cache: ${formatPercent(rate)} of this answer’s input`]),
    `Total: ${exactAmount(totals)} (${amountLabel(totals)})`,
  ].join('\n\n')
}

function callText(call: ReceiptCall, index: number): string {
  const status = call.status === 'completed' ? '' : `, ${call.status}`
  const attempt = call.attempt > 1 ? `, attempt ${call.attempt}` : ''
  return [
    `${index + 1}. ${PURPOSE_LABELS[call.purpose]}: ${formatModel(call)}, ${call.provider}${attempt}${status}`,
    ...receiptLines(call).map((line) => lineText(call, line)),
    ...cacheText(call),
    `   Amount: ${exactAmount(call)} (${formatCertainty(call)})`,
    ...callFacts(call).map(({ name, value }) => `   ${name}: ${value}`),
    ...(call.corrections ?? []).map((one) => `   Corrected: ${formatCorrection(one)}`),
    ...(call.flags ?? []).map((flag) => `   Note: ${FLAG_LABELS[flag]}`),
  ].join('\n')
}

function cacheText({ cache }: ReceiptCall): string[] {
  const hit = cache === undefined ? null : hitSentence(cache)
  if (cache === undefined || hit === null) return []
  const cause = causeSentence(cache)
  return [`   Cache: ${hit}${cause === null ? '' : ` ${cause}`}`]
}

function lineText(call: ModelCall, line: ReceiptLine): string {
  const count = formatQuantity(line)
  const quantity = isFee(line) ? count : `${approximateMark(call)}${count} tokens`
  if (line.perMillion === null || line.amountNanoUsd === null) {
    return `   ${line.label}: ${quantity}`
  }
  const rate = formatRate(line.kind, line.perMillion) + (isFee(line) ? '' : ' per million')
  return `   ${line.label}: ${quantity} × ${rate} = ${exactUsd(line.amountNanoUsd)}`
}
