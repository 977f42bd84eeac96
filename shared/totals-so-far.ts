// What an answer has cost so far, with what is known of the model call under way.
import { addTotals, NO_CALLS, withoutDemoFigure } from './add-totals.ts'
import type { MessagePart } from './message.ts'
import type { PendingCall } from './pending-call.ts'
import type { Totals } from './totals.ts'

interface Answering {
  parts: MessagePart[]
  totals: Totals | null
  pending?: PendingCall | undefined
}

/** About as many as a token has. */
const CHARS_PER_TOKEN = 4

/** What the model wrote, also where the reader sees only a part of it. */
export function writtenChars(parts: readonly MessagePart[]): number {
  let chars = 0
  for (const part of parts) {
    if (part.type === 'text' || part.type === 'reasoning') chars += part.text.length
    else if (part.type === 'tool_call') chars += part.arguments.length
  }
  return chars
}

/** Of the call under way alone; null: none is. */
export function pendingTotals({ parts, pending }: Answering): Totals | null {
  if (pending === undefined) return null
  const { inputTokens, inputNanoUsd, outputNanoUsdPerMTok, demo, charsBefore } = pending
  const chars = Math.max(0, writtenChars(parts) - charsBefore)
  const outputTokens = Math.ceil(chars / CHARS_PER_TOKEN)
  const costNanoUsd =
    inputNanoUsd === null || outputNanoUsdPerMTok === null
      ? null
      : inputNanoUsd + Math.round((outputTokens * outputNanoUsdPerMTok) / 1e6)
  return withoutDemoFigure({
    ...NO_CALLS,
    calls: 1,
    inputTokens,
    outputTokens,
    costNanoUsd,
    certainty: costNanoUsd === null ? 'unknown' : 'estimated',
    unpricedCalls: costNanoUsd === null ? 1 : 0,
    ...(demo && { demo }),
  })
}

/** What an answer has cost, with what is known of the call under way. */
export function totalsSoFar(answer: Answering): Totals | null {
  return withPending(answer.totals, pendingTotals(answer))
}

export function withPending(totals: Totals | null, pending: Totals | null): Totals | null {
  return pending === null ? totals : addTotals(totals ?? NO_CALLS, pending)
}
