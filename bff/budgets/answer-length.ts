// How many output tokens to reserve for a request whose settings have no limit.
import type { Purpose } from '#shared/ledger.ts'

/** A shorter answer is not worth its input. */
const MIN_OUTPUT = 256
/** The length of a long answer, used to compute what to ask the user for. */
const LONG_OUTPUT = 4096
/** The limit to send when none is set. Most models can write as much. */
export const MAX_OUTPUT: Record<Purpose, number> = {
  chat: 16_384,
  title: 2048,
  summary: 4096,
  query: 4096,
  guardrail: 4096,
  router: 1024,
  count: 256,
  check: 1024,
}

/** The longest output, the shortest useful output, and the output to ask for if neither fits. */
export function outputsOf(
  purpose: Purpose,
  own: number | null,
): Record<'most' | 'least' | 'long', number> {
  const most = own ?? MAX_OUTPUT[purpose]
  return { most, least: own ?? MIN_OUTPUT, long: own ?? Math.min(LONG_OUTPUT, most) }
}
