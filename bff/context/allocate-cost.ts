// Allocates the cost of carrying tool results: each request charges a result for its share of the
// input, at the average rate of that input, cached or not. Always an estimate.
import type { Run } from '#shared/api.ts'
import type { CostLine, ModelCall } from '#shared/ledger.ts'
import type { Database } from '../db/open.ts'
import type { UnsentResult } from '../upstream/agent-run.ts'
import { sentMessages } from './read-items.ts'
import { countResults } from './count-results.ts'
import { type Charges, hasToolUses, type ToolUseRow, toolUsesOf } from './tool-use-store.ts'

/** Call before the answer of `row` calls a tool, so that the stored results are those it carried. */
export async function chargesOf(
  db: Database,
  run: Run,
  row: ModelCall,
  unsent: readonly UnsentResult[],
): Promise<Charges | null> {
  const { inputTokens } = row
  if (inputTokens === null || inputTokens === 0) return null
  if (!(await hasToolUses(db, run.conversationId))) return null
  const all = await toolUsesOf(db, await sentMessages(db, run.messageId))
  const kept = all.filter((use) => use.dropped_at === null)
  const less = unsentOf(all, unsent)
  const uses = kept.filter((use) => less.get(use.id) !== null)
  if (uses.length === 0) return null
  const inputCost = inputCostOf(row)
  const carried = (await countResults(db, uses)).map((use) => {
    const tokens = Math.max(0, (use.tokens ?? 0) - (less.get(use.id) ?? 0))
    const share = Math.min(1, tokens / inputTokens)
    return { use, costNanoUsd: Math.round((inputCost ?? 0) * share) }
  })
  return {
    day: row.startedAt.slice(0, 10),
    carried,
    priced: inputCost !== null,
    demo: row.demo ? 1 : 0,
  }
}

/** What the context fit has kept from being sent, by use. Some servers use the id of an earlier call again. */
function unsentOf(
  uses: readonly ToolUseRow[],
  unsent: readonly UnsentResult[],
): Map<number, number | null> {
  const byCall = Map.groupBy(unsent, ({ callId }) => callId)
  return new Map(
    uses.flatMap((use) => {
      const first = byCall.get(use.call_id)?.shift()
      return first === undefined ? [] : [[use.id, first.tokens]]
    }),
  )
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
