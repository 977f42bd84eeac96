// Estimates the cost of the requests that were running when the process died, from the items that they carried and from
// what the log has of their answers. Runs after the start, one request at a time and in portions; the next process
// continues with the rest.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { ModelCall } from '#shared/ledger.ts'
import type { PriceOverride } from '#shared/prices.ts'
import type { RunEvent } from '#shared/run-event.ts'
import type { TextsOf } from '../runtime/agent-texts.ts'
import { branchMessages } from '../context/branch-store.ts'
import { measureItems } from '../context/measure.ts'
import { readSent } from '../context/read-items.ts'
import type { Database } from '../db/open.ts'
import { estimateTokens } from '../ledger/calls/estimate.ts'
import { priceCall } from '../ledger/pricing/price-call.ts'
import type { PriceTarget } from '../ledger/pricing/price.ts'
import { NO_USAGE } from '../ledger/usage/read-usage.ts'
import { correctLost, lostCalls, type LostCounts } from '../ledger/calls/lost-call-store.ts'
import { eventsOfLastRequest, settingsOf } from './lost-store.ts'
import { findRun } from './run-store.ts'

export interface LostParts {
  db: Database
  textsOf: TextsOf
  /** The provider of this name as it is set now. */
  targetOf: (provider: string) => PriceTarget | null
  overrides: () => readonly PriceOverride[]
  now: () => Date
}

/** Runs have their endings by now. */
export async function estimateLost(parts: LostParts, stop: AbortSignal): Promise<void> {
  for (const call of await lostCalls(parts.db, parts.now())) {
    await yieldToEventLoop()
    if (stop.aborted) return
    const counts = await countLost(parts, call)
    if (counts !== null)
      await correctLost(parts.db, call.id, counts, priceLost(parts, call, counts))
  }
}

/** Returns null if its conversation is deleted, and with it the input. */
async function countLost({ db, textsOf }: LostParts, call: ModelCall): Promise<LostCounts | null> {
  const run = call.runId === null ? null : await findRun(db, call.runId)
  const settings = run && (await settingsOf(db, run.conversationId))
  if (run === null || settings === null) return null
  const { items } = await readSent(db, await branchMessages(db, run.messageId))
  // Its own text was stored with the ending of its run.
  const sent = items.filter(
    ({ messageId, item }) => messageId !== run.messageId || item['status'] !== 'incomplete',
  )
  const measured = await measureItems(db, run.conversationId, sent)
  const { instructions, tools } = textsOf(call.agent ?? run.agent, settings)
  const fixed = [instructions, settings.instructions ?? '', ...tools.map(({ text }) => text)].join(
    '\n',
  )
  const events = await eventsOfLastRequest(db, run.id)
  const lastAt = events.at(-1)?.at ?? call.startedAt
  return {
    inputTokens: measured.reduce((sum, { tokens }) => sum + tokens, await estimateTokens(fixed)),
    outputTokens: await estimateTokens(events.map(textOf).join('')),
    durationMs: Math.max(0, Date.parse(lastAt) - Date.parse(call.startedAt)),
  }
}

function textOf(event: RunEvent): string {
  if (event.type === 'token' || event.type === 'reasoning') return event.delta
  return event.type === 'tool_call' && event.phase === 'arguments' ? event.delta : ''
}

/** An address without a known price list. */
const NOWHERE: PriceTarget = { kind: 'configured', baseUrl: null }

function priceLost({ targetOf, overrides }: LostParts, call: ModelCall, counts: LostCounts) {
  const { provider, modelRequested, startedAt: at } = call
  const { inputTokens, outputTokens, durationMs } = counts
  return priceCall({
    target: { ...(targetOf(provider) ?? NOWHERE), provider },
    modelReturned: null,
    modelRequested,
    at,
    serviceTier: null,
    usage: { ...NO_USAGE, inputTokens, outputTokens },
    isEstimate: true,
    overrides: overrides(),
    durationMs,
  })
}
