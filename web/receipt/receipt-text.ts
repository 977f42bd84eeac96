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
import { t } from '#shared/translate.ts'

/** Formats the receipt as plain text. */
export function receiptText({ items, totals, deleted }: Receipt): string {
  const rate = deleted === true ? null : hitRateOf(items)
  return [
    t`Receipt`,
    ...items.map(callText),
    ...(rate === null ? [] : [t`Cache: ${formatPercent(rate)} of this answer’s input`]),
    t`Total: ${exactAmount(totals)} (${amountLabel(totals)})`,
  ].join('\n\n')
}

function callText(call: ReceiptCall, index: number): string {
  const model = [
    formatModel(call),
    call.provider,
    ...(call.attempt > 1 ? [t`attempt ${call.attempt}`] : []),
    ...(call.status === 'completed' ? [] : [call.status === 'failed' ? t`failed` : t`stopped`]),
  ]
  return [
    `${index + 1}. ${PURPOSE_LABELS[call.purpose]}: ${model.join(', ')}`,
    ...receiptLines(call).map((line) => lineText(call, line)),
    ...cacheText(call),
    `   ${t`Amount: ${exactAmount(call)} (${formatCertainty(call)})`}`,
    ...callFacts(call).map(({ name, value }) => `   ${name}: ${value}`),
    ...(call.corrections ?? []).map((one) => `   ${t`Corrected: ${formatCorrection(one)}`}`),
    ...(call.flags ?? []).map((flag) => `   ${t`Note: ${FLAG_LABELS[flag]}`}`),
  ].join('\n')
}

function cacheText({ cache }: ReceiptCall): string[] {
  const hit = cache === undefined ? null : hitSentence(cache)
  if (cache === undefined || hit === null) return []
  const cause = causeSentence(cache)
  return [`   ${t`Cache: ${cause === null ? hit : `${hit} ${cause}`}`}`]
}

function lineText(call: ModelCall, line: ReceiptLine): string {
  const count = formatQuantity(line)
  const quantity = isFee(line) ? count : approximateMark(call) + t`${count} tokens`
  if (line.perMillion === null || line.amountNanoUsd === null) {
    return `   ${line.label}: ${quantity}`
  }
  const perMillion = formatRate(line.kind, line.perMillion)
  const rate = isFee(line) ? perMillion : t`${perMillion} per million`
  return `   ${line.label}: ${quantity} × ${rate} = ${exactUsd(line.amountNanoUsd)}`
}
