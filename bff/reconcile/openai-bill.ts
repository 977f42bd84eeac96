// Reads OpenAI's costs and usage as rows per day and model: amounts from line items such as
// "gpt-4o-2024-08-06, input", and request and token counts from the usage.
import { divide, scaled } from '#shared/decimal.ts'
import type { BilledRow } from '#shared/reconcile.ts'
import { t } from '#shared/translate.ts'
import { Problem } from '../http/problem.ts'
import {
  type AdminAccess,
  type Completion,
  type Cost,
  readCompletions,
  readCosts,
} from './openai-pages.ts'

/** Amounts have more decimals than a nano-dollar, so they are rounded once, after adding. */
const DECIMALS = 18
const PER_NANO = 10n ** 9n
const DAY_S = 86_400

/** Both days are included. */
export async function readOpenAiBill(
  access: AdminAccess,
  from: string,
  to: string,
): Promise<BilledRow[]> {
  const days = { start: secondsOf(from), end: secondsOf(to) + DAY_S }
  const costs = await readCosts(access, days)
  return billOf(costs, await readCompletions(access, days))
}

export function billOf(costs: Cost[], completions: Completion[]): BilledRow[] {
  const rows = new Map<string, { row: BilledRow; amount: bigint | null }>()
  const rowOf = (day: string, model: string) => {
    const found = rows.get(`${day} ${model}`) ?? { row: emptyRow(day, model), amount: null }
    rows.set(`${day} ${model}`, found)
    return found
  }
  for (const cost of costs) {
    const entry = rowOf(cost.day, modelOf(cost.line_item))
    entry.amount = (entry.amount ?? 0n) + amountOf(cost)
  }
  for (const { day, model, ...counts } of completions) {
    const { row } = rowOf(day, modelOf(model))
    row.calls = (row.calls ?? 0) + counts.num_model_requests
    row.inputTokens = (row.inputTokens ?? 0) + counts.input_tokens
    row.outputTokens = (row.outputTokens ?? 0) + counts.output_tokens
  }
  return [...rows.values()].map(({ row, amount }) => ({
    ...row,
    // Usage without a line item was free.
    costNanoUsd: Number(divide(amount ?? 0n, PER_NANO)),
  }))
}

function amountOf({ amount, line_item }: Cost): bigint {
  if (amount === null || amount === undefined) return 0n
  const currency = amount.currency ?? 'usd'
  const value = scaled(amount.value, DECIMALS)
  if (currency.toLowerCase() === 'usd' && value !== null) return value
  throw new Problem(
    'openai_unreachable',
    t`OpenAI bills “${(line_item ?? 'costs').slice(0, 100)}” in a way that is not known here: no dollars of zero or more.`,
  )
}

function modelOf(name: string | null | undefined): string {
  return name?.split(', ', 1)[0]?.trim() || 'other'
}

function emptyRow(day: string, model: string): BilledRow {
  return { day, model, costNanoUsd: 0, calls: null, inputTokens: null, outputTokens: null }
}

function secondsOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000
}
