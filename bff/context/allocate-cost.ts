// Allocates the cost of carrying tool results: each request charges a result for its share of the
// input, at the average rate of that input, cached or not. Always an estimate.
import type { Run } from '#shared/api.ts'
import type { CostLine, ModelCall } from '#shared/ledger.ts'
import type { Database } from '../db/open.ts'
import { sentMessages } from './read-items.ts'
import { countResults } from './count-results.ts'
import { type Charges, hasToolUses, toolUsesOf } from './tool-use-store.ts'

/** Call before the answer of `row` calls a tool, so that the stored results are those it carried. */
export async function chargesOf(db: Database, run: Run, row: ModelCall): Promise<Charges | null> {
  const { inputTokens } = row
  if (inputTokens === null || inputTokens === 0) return null
  if (!(await hasToolUses(db, run.conversationId))) return null
  const all = await toolUsesOf(db, await sentMessages(db, run.messageId))
  const uses = all.filter((use) => use.dropped_at === null)
  if (uses.length === 0) return null
  const inputCost = inputCostOf(row)
  const carried = (await countResults(db, uses)).map((use) => {
    const share = Math.min(1, (use.tokens ?? 0) / inputTokens)
    return { use, costNanoUsd: Math.round((inputCost ?? 0) * share) }
  })
  return {
    day: row.startedAt.slice(0, 10),
    carried,
    priced: inputCost !== null,
    demo: row.demo ? 1 : 0,
  }
}

const INPUT: ReadonlySet<CostLine['kind']> = new Set([
  'input',
  'cached_input',
  'cache_write',
  'audio_input',
  'cached_audio_input',
])

/** Returns the billed input cost in nano-dollars. Null if unknown. */
export function inputCostOf({
  costNanoUsd,
  computedNanoUsd = null,
  lines = [],
}: Pick<ModelCall, 'costNanoUsd' | 'computedNanoUsd' | 'lines'>): number | null {
  if (costNanoUsd === null || costNanoUsd === 0) return costNanoUsd
  if (computedNanoUsd === null || computedNanoUsd === 0) return null
  const computed = lines
    .filter(({ kind }) => INPUT.has(kind))
    .reduce((sum, { amountNanoUsd }) => sum + amountNanoUsd, 0)
  // If the provider reports another amount, input gets the same share of it.
  return Math.round((computed * costNanoUsd) / computedNanoUsd)
}
