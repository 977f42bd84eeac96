// Builds the receipt lines of a model call: quantity × rate = amount. Rows without stored lines are
// computed here the way the ledger does, with integers and one rounding per line.
import type { CostLine, ModelCall } from '#shared/ledger.ts'
import { alignedUsd, decimalsToAlign } from '#shared/exact-usd.ts'
import { formatUsd, withDecimalSign } from '#shared/money.ts'
import { formatTokens } from '../ui/tokens.tsx'
import { t } from '#shared/translate.ts'

export interface ReceiptLine {
  kind: CostLine['kind']
  label: string
  quantity: number
  /** In nano-dollars; null without a price. */
  perMillion: number | null
  amountNanoUsd: number | null
}

const LABELS: Record<CostLine['kind'], string> = {
  input: t`Fresh input`,
  cached_input: t`Cached input`,
  cache_write: t`Cache write`,
  output: t`Output`,
  reasoning: t`Reasoning`,
  audio_input: t`Audio input`,
  cached_audio_input: t`Cached audio input`,
  audio_output: t`Audio output`,
  request: t`Request fee`,
  web_search: t`Web searches`,
  file_search: t`File searches`,
  time: t`Server time`,
}
const FEES = new Set<CostLine['kind']>(['request', 'web_search', 'file_search'])
/** Time lines have milliseconds as their quantity. */
const isTime = (line: ReceiptLine): boolean => line.kind === 'time'

/** Whether the line counts something other than tokens. */
export function isFee(line: ReceiptLine): boolean {
  return FEES.has(line.kind) || isTime(line)
}

export function formatQuantity(line: ReceiptLine): string {
  if (!isTime(line)) return formatTokens(line.quantity)
  return line.quantity < 1000
    ? `${line.quantity} ms`
    : `${withDecimalSign((line.quantity / 1000).toFixed(1))} s`
}

/** Formats a rate: per million tokens, per thousand for fees, per hour for time. */
export function formatRate(
  kind: CostLine['kind'],
  perMillion: number,
  decimals = decimalsToAlign([perMillion]),
): string {
  if (kind === 'time') return `${formatUsd(Math.round(perMillion * 3.6))} / h`
  if (FEES.has(kind)) return t`${formatUsd(perMillion / 1000)} / 1k`
  return alignedUsd(perMillion, decimals)
}

/** Returns how many decimals align the rates of tokens. */
export function rateDecimals(lines: ReceiptLine[]): number {
  const rates = lines.filter((line) => !isFee(line)).map(({ perMillion }) => perMillion ?? 0)
  return decimalsToAlign(rates)
}

export function receiptLines(call: ModelCall): ReceiptLine[] {
  if (call.lines !== undefined && call.lines.length > 0) {
    return call.lines.map((line) => ({ ...line, label: LABELS[line.kind] }))
  }
  return countedLines(call)
}

/** Returns the amount minus the sum of its lines: rounding, or what no line explains. */
export function unexplainedNanoUsd(call: ModelCall, lines: ReceiptLine[]): number {
  if (call.costNanoUsd === null || lines.some((line) => line.amountNanoUsd === null)) return 0
  return lines.reduce((left, line) => left - (line.amountNanoUsd ?? 0), call.costNanoUsd)
}

function countedLines(call: ModelCall): ReceiptLine[] {
  const cached = call.cachedInputTokens ?? 0
  const written = call.cacheWriteTokens ?? 0
  const { price } = call
  return [
    ...line('input', freshTokens(call), price?.inputPerMTok),
    ...line('cached_input', cached, price?.cachedInputPerMTok ?? price?.inputPerMTok),
    ...line('cache_write', written, price?.cacheWritePerMTok ?? price?.inputPerMTok),
    ...line('output', call.outputTokens, price?.outputPerMTok),
  ]
}

function freshTokens(call: ModelCall): number | null {
  if (call.inputTokens === null) return null
  return Math.max(
    0,
    call.inputTokens - (call.cachedInputTokens ?? 0) - (call.cacheWriteTokens ?? 0),
  )
}

function line(
  kind: CostLine['kind'],
  quantity: number | null,
  perMillion: number | undefined,
): ReceiptLine[] {
  const always = kind === 'input' || kind === 'output'
  if (quantity === null || (quantity === 0 && !always)) return []
  const label = LABELS[kind]
  if (perMillion === undefined) {
    return [{ kind, label, quantity, perMillion: null, amountNanoUsd: null }]
  }
  return [{ kind, label, quantity, perMillion, amountNanoUsd: multiply(quantity, perMillion) }]
}

const MILLION = 1_000_000n

/** Multiplies and rounds once, half to even. */
function multiply(quantity: number, perMillion: number): number {
  const product = BigInt(quantity) * BigInt(perMillion)
  const whole = product / MILLION
  const rest = (product % MILLION) * 2n
  const up = rest > MILLION || (rest === MILLION && whole % 2n === 1n)
  return Number(up ? whole + 1n : whole)
}
