import { formatUsd } from '#shared/money.ts'
import { isRecord } from '../../upstream/record.ts'
import { readUsage } from '../../ledger/usage/read-usage.ts'
import type { ParsedAnswer } from '../parse-answer.ts'
import type { Evaluation } from './finding.ts'

const FIELDS = ['cost', 'cost_in_usd_ticks']

export function evaluateCost({ rawUsage }: ParsedAnswer): Evaluation {
  const finding = 'cost'
  const named = readUsage(rawUsage, null)?.reportedNanoUsd ?? null
  if (named === null) {
    const detail = 'The answer names no amount. Amounts are worked out from a price.'
    return { finding, verdict: 'no', detail, known: { reportsCost: false } }
  }
  const field = FIELDS.find((name) => isRecord(rawUsage) && name in rawUsage) ?? 'cost'
  const detail = `The answer names its amount in \`usage.${field}\`: ${formatUsd(Number(named))}.`
  return { finding, verdict: 'yes', detail, known: { reportsCost: true } }
}
