// Plans what each probe will send and the most that can cost, before anything is sent.
import type { PlannedProbe } from '#shared/checks.ts'
import type { ModelTarget } from '../upstream/types.ts'
import { costAtMost, worstCaseRatesOf } from '../budgets/worst-case-rates.ts'
import { estimateTokens } from '../ledger/calls/estimate.ts'
import type { PriceInForce } from '../ledger/pricing/price.ts'
import type { Probe } from './probe.ts'
import { type Question, wireRequest } from '../upstream/wire-request.ts'

export type PriceOf = (target: ModelTarget, inputTokens: number, at: Date) => PriceInForce | null

/** The overhead of messages besides their text. */
const MARGIN_TOKENS = 32

export async function planProbe(
  { name, questions, freeRequests }: Probe,
  target: ModelTarget,
  price: PriceOf,
): Promise<PlannedProbe> {
  const free = freeRequests?.(target) ?? 0
  const sizes = await Promise.all(questions.map((question) => sizeOf(question, target)))
  const costs = sizes.map(({ input, output }) => atMost(price, target, input, output))
  return {
    probe: name,
    requests: sizes.length + free,
    freeRequests: free,
    inputTokens: sizes.reduce((sum, { input }) => sum + input, 0),
    outputTokens: sizes.reduce((sum, { output }) => sum + output, 0),
    atMostNanoUsd: costs.reduce((sum: number | null, cost) => {
      return sum === null || cost === null ? null : sum + cost
    }, 0),
  }
}

async function sizeOf(question: Question, target: ModelTarget) {
  const { text } = wireRequest(target, question)
  return { input: (await countOnce(text)) + MARGIN_TOKENS, output: question.limit }
}

/** The questions never change, and a page that watches a check requests its plan repeatedly. */
const counted = new Map<string, Promise<number>>()

function countOnce(text: string): Promise<number> {
  const known = counted.get(text)
  if (known !== undefined) return known
  const counting = estimateTokens(text)
  counted.set(text, counting)
  return counting
}

function atMost(price: PriceOf, target: ModelTarget, input: number, output: number): number | null {
  // The demo bills nothing; its price only makes its receipts read like others.
  if (target.kind === 'demo') return 0
  const inForce = price(target, input, new Date())
  return inForce === null ? null : costAtMost(worstCaseRatesOf(inForce), input, output)
}
