// Matches the ledger's figures per day and model with the provider's by a common model name, and finds
// differences beyond the tolerance.
import type { Totals } from '#shared/ledger.ts'
import { worstCertainty } from '#shared/money.ts'
import {
  type BilledRow,
  type BilledSum,
  type ReconciledRow,
  type ReconciledStatus,
  TOLERANCE,
} from '#shared/reconcile.ts'

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

/** The figures of both sides for one day and model. */
interface Found {
  day: string
  model: string
  ours: BilledSum[]
  theirs: BilledSum[]
}

export function compareBills(ledger: LedgerRow[], billed: BilledRow[]): Compared {
  const found = new Map<string, Found>()
  const foundAt = (day: string, name: string): Found => {
    const model = modelKey(name)
    const key = `${day} ${model}`
    const one = found.get(key) ?? { day, model, ours: [], theirs: [] }
    found.set(key, one)
    return one
  }
  for (const row of ledger) foundAt(row.day, row.model).ours.push(ourSum(row))
  for (const row of billed) foundAt(row.day, row.model).theirs.push(theirSum(row))
  const pairs = [...found.values()]
  const all = {
    ours: sumOf(pairs.flatMap(({ ours }) => ours)) ?? NOTHING,
    theirs: sumOf(pairs.flatMap(({ theirs }) => theirs)) ?? NOTHING,
  }
  return {
    ...all,
    differenceNanoUsd: difference(all.ours, all.theirs),
    rows: pairs
      .map(({ ours, theirs, ...pair }) =>
        compared({ ...pair, ours: sumOf(ours), theirs: sumOf(theirs) }),
      )
      .toSorted(mostWrongFirst),
  }
}

function compared(pair: Pair): ReconciledRow {
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

/** Returns null if an amount is partly missing: then the difference is unknown. */
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

/** Returns null for no sums. */
function sumOf(sums: BilledSum[]): BilledSum | null {
  const [first, ...more] = sums
  if (first === undefined) return null
  // Computed once: there can be ten thousand names.
  const models = [...new Set(sums.flatMap((sum) => sum.models))]
  return { ...more.reduce(added, first), models }
}

/** Adds everything except the names. */
function added(a: BilledSum, b: BilledSum): BilledSum {
  return {
    models: a.models,
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

/** Rows with an unknown difference come first, because the user has to check them. */
function mostWrongFirst(a: ReconciledRow, b: ReconciledRow): number {
  const weight = ({ status, differenceNanoUsd }: ReconciledRow): number => {
    if (status === 'same') return -1
    return differenceNanoUsd === null ? Infinity : Math.abs(differenceNanoUsd)
  }
  const [first, second] = [weight(a), weight(b)]
  if (first !== second) return second > first ? 1 : -1
  return b.day.localeCompare(a.day) || a.model.localeCompare(b.model)
}

const VARIANT = /:(free|extended|thinking|online|nitro|floor|exacto|beta|standard)$/
/** `-2024-08-06`, `-20260910`, `-0125`, `@20260910`, `-latest`. */
const VERSION = /(?:[-@](?:\d{4}-\d\d-\d\d|20\d{6}|[01]\d[0-3]\d)|-latest)$/

/**
 * Reduces model names to a common key, because bills and the ledger use different ones: removes the
 * maker's prefix, the version date, and a router's variant.
 */
export function modelKey(name: string): string {
  const lower = name.trim().toLowerCase()
  const own = lower.slice(lower.lastIndexOf('/') + 1).replace(VARIANT, '')
  const key = own.replace(VERSION, '')
  return key === '' ? lower : key
}
