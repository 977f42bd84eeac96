// Puts what the ledger says of each day and model next to what the provider says, finds them by the
// name that both share, and tells where they differ by more than the tolerance.
import type { Totals } from '#shared/ledger.ts'
import { worstCertainty } from '#shared/money.ts'
import {
  type BilledRow,
  type BilledSum,
  type ReconciledRow,
  type ReconciledStatus,
  TOLERANCE,
} from '#shared/reconcile.ts'
import { modelKey } from './model-key.ts'

export interface LedgerRow {
  day: string
  model: string
  totals: Totals
}

type Pair = Pick<ReconciledRow, 'day' | 'model' | 'ours' | 'theirs'>

export interface Compared {
  ours: BilledSum
  theirs: BilledSum
  differenceNanoUsd: number | null
  rows: ReconciledRow[]
}

export function compareBills(ledger: LedgerRow[], billed: BilledRow[]): Compared {
  const pairs = new Map<string, Pair>()
  const pairOf = (day: string, name: string): Pair => {
    const model = modelKey(name)
    const key = `${day} ${model}`
    const pair = pairs.get(key) ?? { day, model, ours: null, theirs: null }
    pairs.set(key, pair)
    return pair
  }
  const ours = ledger.map((row) => ({ row, sum: ourSum(row) }))
  const theirs = billed.map((row) => ({ row, sum: theirSum(row) }))
  for (const { row, sum } of ours) {
    const pair = pairOf(row.day, row.model)
    pair.ours = pair.ours === null ? sum : added(pair.ours, sum)
  }
  for (const { row, sum } of theirs) {
    const pair = pairOf(row.day, row.model)
    pair.theirs = pair.theirs === null ? sum : added(pair.theirs, sum)
  }
  const all = { ours: sumOf(ours), theirs: sumOf(theirs) }
  return {
    ...all,
    differenceNanoUsd: difference(all.ours, all.theirs),
    rows: [...pairs.values()].map(judged).toSorted(mostWrongFirst),
  }
}

function judged(pair: Pair): ReconciledRow {
  return {
    ...pair,
    status: statusOf(pair),
    differenceNanoUsd: difference(pair.ours, pair.theirs),
  }
}

function statusOf({ ours, theirs }: Pair): ReconciledStatus {
  const apart = difference(ours, theirs)
  const isSame = apart !== null && Math.abs(apart) <= allowed(theirs?.costNanoUsd ?? 0)
  if (isSame) return 'same'
  if (theirs === null) return 'only_ours'
  return ours === null ? 'only_theirs' : 'differs'
}

function allowed(theirNanoUsd: number): number {
  return Math.max(TOLERANCE.nanoUsd, Math.floor(theirNanoUsd / TOLERANCE.parts))
}

/** An amount that is missing in part says nothing about a difference. */
function difference(ours: BilledSum | null, theirs: BilledSum | null): number | null {
  const amounts = [ours, theirs].map((sum) => {
    if (sum === null) return 0
    return sum.unpricedCalls > 0 ? null : sum.costNanoUsd
  })
  const [mine = null, other = null] = amounts
  return mine === null || other === null ? null : mine - other
}

function ourSum({ model, totals }: LedgerRow): BilledSum {
  const { calls, inputTokens, outputTokens, costNanoUsd, certainty, unpricedCalls } = totals
  return {
    models: [model],
    costNanoUsd,
    certainty,
    unpricedCalls,
    calls,
    inputTokens,
    outputTokens,
  }
}

function theirSum({ model, costNanoUsd, calls, inputTokens, outputTokens }: BilledRow): BilledSum {
  return {
    models: [model],
    costNanoUsd,
    certainty: costNanoUsd === null ? 'unknown' : 'reported',
    unpricedCalls: costNanoUsd === null ? 1 : 0,
    calls,
    inputTokens,
    outputTokens,
  }
}

const NOTHING: BilledSum = {
  models: [],
  costNanoUsd: 0,
  certainty: 'reported',
  unpricedCalls: 0,
  calls: null,
  inputTokens: null,
  outputTokens: null,
}

function sumOf(sides: { sum: BilledSum }[]): BilledSum {
  const [first, ...more] = sides.map(({ sum }) => sum)
  return first === undefined ? NOTHING : more.reduce(added, first)
}

function added(a: BilledSum, b: BilledSum): BilledSum {
  return {
    models: [...new Set([...a.models, ...b.models])],
    costNanoUsd: known(a.costNanoUsd, b.costNanoUsd),
    certainty: worstCertainty(a.certainty, b.certainty),
    unpricedCalls: a.unpricedCalls + b.unpricedCalls,
    calls: known(a.calls, b.calls),
    inputTokens: known(a.inputTokens, b.inputTokens),
    outputTokens: known(a.outputTokens, b.outputTokens),
  }
}

function known(a: number | null, b: number | null): number | null {
  return a === null ? b : a + (b ?? 0)
}

/** Where no difference can be told, the person has to look: it stands above all others. */
function mostWrongFirst(a: ReconciledRow, b: ReconciledRow): number {
  const weight = ({ status, differenceNanoUsd }: ReconciledRow): number => {
    if (status === 'same') return -1
    return differenceNanoUsd === null ? Infinity : Math.abs(differenceNanoUsd)
  }
  const [first, second] = [weight(a), weight(b)]
  if (first !== second) return second > first ? 1 : -1
  return b.day.localeCompare(a.day) || a.model.localeCompare(b.model)
}
