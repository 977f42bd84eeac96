// The cost of an answer so far, including the running model call.
import { NO_CALLS, withoutDemoFigure, withPending } from './add-totals.ts'
import type { MessagePart } from './message.ts'
import type { PendingCall } from './pending-call.ts'
import type { Totals } from './totals.ts'

interface Answering {
  parts: MessagePart[]
  totals: Totals | null
  pending?: PendingCall | undefined
}

/** The approximate number of characters per token. */
const CHARS_PER_TOKEN = 4

/** Counts everything the model wrote, even if only a part is shown. */
export function writtenChars(parts: readonly MessagePart[]): number {
  let chars = 0
  for (const part of parts) {
    if (part.type === 'text' || part.type === 'reasoning') chars += part.text.length
    else if (part.type === 'tool_call') {
      chars += part.arguments.length + writtenChars(part.parts ?? [])
    }
  }
  return chars
}

/** Returns the estimated total of the running call. Null if there is none. */
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

/** Returns the cost of an answer including its running call. Null if nothing is known. */
export function totalsSoFar(answer: Answering): Totals | null {
  return withPending(answer.totals, pendingTotals(answer))
}
