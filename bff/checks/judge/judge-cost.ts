import { formatUsd } from '#shared/money.ts'
import { isRecord } from '../../agent/record.ts'
import { readUsage } from '../../ledger/read-usage.ts'
import type { Reading } from '../read-answer.ts'
import type { Judgement } from './finding.ts'

const FIELDS = ['cost', 'cost_in_usd_ticks']

export function judgeCost({ rawUsage }: Reading): Judgement {
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
