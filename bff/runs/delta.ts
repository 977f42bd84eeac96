// The deltas of a run as they are stored: those that wait for the same commit are joined, and none
// becomes so large that one event costs every reader memory. The fold does not see either.
import type { RunEvent } from '#shared/run-event.ts'

export type DeltaEvent = Extract<RunEvent, { delta: string }>

export const MAX_DELTA_BYTES = 16 * 1024

export function isDelta(event: RunEvent): event is DeltaEvent {
  return 'delta' in event
}

/** In halves, so that each piece of a large delta holds at least half of what it may. */
export function splitDelta(event: DeltaEvent): DeltaEvent[] {
  const { delta } = event
  if (Buffer.byteLength(delta) <= MAX_DELTA_BYTES) return [event]
  const middle = afterPair(delta, delta.length >> 1)
  const halves = [delta.slice(0, middle), delta.slice(middle)]
  return halves.flatMap((half) => splitDelta({ ...event, delta: half }))
}

/** A character of two code units stays whole. */
function afterPair(text: string, index: number): number {
  const isHigh = /[\uD800-\uDBFF]/.test(text.charAt(index - 1))
  return isHigh ? index + 1 : index
}

/** Null when the two do not continue each other. */
export function joinDeltas(last: RunEvent, next: DeltaEvent): DeltaEvent | null {
  if (!isDelta(last) || last.type !== next.type) return null
  if (last.type === 'tool_call' && next.type === 'tool_call' && last.callId !== next.callId) {
    return null
  }
  return { ...last, delta: last.delta + next.delta }
}
