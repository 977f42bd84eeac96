// Blanks what an output guardrail withholds: the text, reasoning and object of the answer that tripped it. The events
// stay, so that seq has no gaps.
import type { EventOf, RunEvent } from '#shared/run-event.ts'
import { decodeEvent, encodeData } from '#shared/sse.ts'
import type { LoggedEvent } from './event-rows-store.ts'

/** The calls whose nested runs a trip concerns; null is the run itself. */
export type WithheldFrom = ReadonlySet<string | null>

export function withheldFrom(events: RunEvent[]): WithheldFrom {
  const trips = events.flatMap((event) =>
    event.type === 'guardrail' && event.stage === 'output' && event.tripped ? [event] : [],
  )
  return new Set(trips.map(({ parentCallId = null }) => parentCallId))
}

export const ANSWER_TYPES = ['token', 'reasoning', 'output'] as const

/** Returns the event without its content, or null if it does not belong to these answers. */
export function withoutAnswer(
  { seq, type, data }: Pick<LoggedEvent, 'seq' | 'type' | 'data'>,
  from: WithheldFrom,
): LoggedEvent | null {
  if (!ANSWER_TYPES.some((each) => each === type)) return null
  const event = decodeEvent(type, data)
  const blank = isAnswer(event) && from.has(event.parentCallId ?? null) ? blanked(event) : null
  return blank && { seq, type, data: encodeData(blank) }
}

type AnswerEvent = EventOf<(typeof ANSWER_TYPES)[number]>

function isAnswer(event: RunEvent): event is AnswerEvent {
  return ANSWER_TYPES.some((each) => each === event.type)
}

function blanked(event: AnswerEvent): AnswerEvent {
  return event.type === 'output' ? { ...event, value: null } : { ...event, delta: '' }
}
