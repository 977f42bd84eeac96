// Computes what repricing would change: the number of rows, and the cost per conversation before and
// after.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { ModelCall } from '#shared/ledger.ts'
import { worstCertainty } from '#shared/money.ts'
import type { RepricePreview, RepriceSum } from '#shared/prices.ts'
import type { Database } from '../../db/open.ts'
import type { Priced } from '../pricing/price-call.ts'
import { repriced, type RepriceBy } from './reprice-call.ts'
import { callsToReprice, type RepriceScope } from './reprice-store.ts'
import { titlesOf } from '../sums/usage-store.ts'
import { t } from '#shared/translate.ts'

const MAX_GROUPS = 500

const NOTHING: RepriceSum = { costNanoUsd: null, certainty: 'reported', unpricedCalls: 0 }

interface Group {
  rows: number
  before: RepriceSum
  after: RepriceSum
}

const emptyGroup = (): Group => ({ rows: 0, before: NOTHING, after: NOTHING })

/** Yields to the event loop between pages. */
export async function previewReprice(
  db: Database,
  by: RepriceBy,
  scope: RepriceScope,
): Promise<RepricePreview> {
  const groups = new Map<string | null, Group>()
  let total = emptyGroup()
  let rows = 0
  for await (const page of callsToReprice(db, scope)) {
    rows += page.length
    for (const [call, priced] of changesIn(page, by)) {
      total = added(total, call, priced)
      const key = call.conversationId
      groups.set(key, added(groups.get(key) ?? emptyGroup(), call, priced))
    }
    await yieldToEventLoop()
  }
  const { rows: changed, before, after } = total
  return { rows, changed, before, after, conversations: await named(db, groups) }
}

export function changesIn(calls: ModelCall[], by: RepriceBy): [ModelCall, Priced][] {
  return calls.flatMap((call): [ModelCall, Priced][] => {
    const priced = repriced(call, by)
    return priced === null ? [] : [[call, priced]]
  })
}

function added({ rows, before, after }: Group, call: ModelCall, priced: Priced): Group {
  return { rows: rows + 1, before: plus(before, call), after: plus(after, priced) }
}

function plus(
  sum: RepriceSum,
  { costNanoUsd, certainty }: Pick<Priced, 'costNanoUsd' | 'certainty'>,
): RepriceSum {
  return {
    costNanoUsd: costNanoUsd === null ? sum.costNanoUsd : (sum.costNanoUsd ?? 0) + costNanoUsd,
    certainty: worstCertainty(sum.certainty, certainty),
    unpricedCalls: sum.unpricedCalls + (costNanoUsd === null ? 1 : 0),
  }
}

/** Sorts by the largest change first. */
async function named(
  db: Database,
  groups: Map<string | null, Group>,
): Promise<RepricePreview['conversations']> {
  const change = ({ before, after }: Group): number =>
    Math.abs((after.costNanoUsd ?? 0) - (before.costNanoUsd ?? 0))
  const shown = [...groups].toSorted(([, a], [, b]) => change(b) - change(a)).slice(0, MAX_GROUPS)
  const titles = await titlesOf(
    db,
    shown.flatMap(([id]) => id ?? []),
  )
  return shown.map(([conversationId, group]) => ({
    conversationId,
    title:
      conversationId === null
        ? t`No conversation`
        : (titles.get(conversationId) ?? t`Deleted conversation`),
    ...group,
  }))
}
