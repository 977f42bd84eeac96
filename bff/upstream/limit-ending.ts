// An answer that ends at a limit: whether that was the model's own, the budgets', or the context itself.
import type { Ending } from './call-facts.ts'
import { ProviderError } from './provider-error.ts'
import { recordAt } from './record.ts'
import type { ModelTarget } from './types.ts'
import { endpointOf } from './upstream-model.ts'

interface Limits {
  /** That the settings of the conversation name. */
  own: number | null
  /** That was sent. */
  allowed: number | null
}

/** Servers keep a few tokens of the context to themselves. */
const SLACK_TOKENS = 8

export function limitEnding(
  ending: Ending,
  { own, allowed }: Limits,
  target: ModelTarget,
  rawUsage: unknown,
): Ending {
  if (ending.kind !== 'failed' || ending.fault.code !== 'output_limit') return ending
  const at = endpointOf(target)
  const window = target.contextWindow ?? null
  const used = usedTokens(rawUsage)
  if (window !== null && used !== null && used.input + used.output >= window - SLACK_TOKENS) {
    const [all, read, written] = [window, used.input, used.output].map((n) =>
      n.toLocaleString('en-US'),
    )
    const detail = ` It takes ${all} tokens: ${read} were read and ${written} written.`
    return { ...ending, fault: new ProviderError('context_full', at, { detail }) }
  }
  if (own !== null || allowed === null) return ending
  const detail = ` The budgets allowed it ${allowed.toLocaleString('en-US')} tokens.`
  return { ...ending, fault: new ProviderError('output_limit', at, { detail }) }
}

function usedTokens(rawUsage: unknown): { input: number; output: number } | null {
  const of = (report: Record<string, unknown> | null, ...names: string[]) =>
    names.map((name) => report?.[name]).find((count) => typeof count === 'number')
  const usage = recordAt({ rawUsage }, 'rawUsage')
  const timings = recordAt(usage, 'timings')
  const fresh = of(timings, 'prompt_n')
  const timed = fresh === undefined ? undefined : fresh + (of(timings, 'cache_n') ?? 0)
  const input = of(usage, 'prompt_tokens', 'input_tokens') ?? timed
  const output = of(usage, 'completion_tokens', 'output_tokens') ?? of(timings, 'predicted_n')
  return input === undefined || output === undefined ? null : { input, output }
}
