// How many tokens of output a request is held for, where its settings say nothing.
import type { Purpose } from '#shared/ledger.ts'

/** An answer that cannot have this many tokens is not worth its input. */
const MIN_OUTPUT = 256
/** What a person is asked for when nobody set a limit: a long answer. */
const LONG_OUTPUT = 4096
/** The limit that is sent when nobody set one; most models can write as much. */
export const MAX_OUTPUT: Record<Purpose, number> = {
  chat: 16_384,
  title: 2048,
  summary: 4096,
  guardrail: 4096,
  count: 256,
  check: 1024,
}

/** How long the answer may be, must be able to be, and is taken to be when it does not fit. */
export function outputsOf(
  purpose: Purpose,
  own: number | null,
): Record<'most' | 'least' | 'long', number> {
  const most = own ?? MAX_OUTPUT[purpose]
  return { most, least: own ?? MIN_OUTPUT, long: own ?? Math.min(LONG_OUTPUT, most) }
}
