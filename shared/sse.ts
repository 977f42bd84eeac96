// The only place that knows how a run event is framed on the wire.
import { RunEvent, type StoredRunEvent } from './run-event.ts'

/**
 * One frame from its stored parts; `data` is the event's JSON without its type. The id comes last:
 * some clients take it as soon as they read its line, and a cut frame would be lost to them.
 */
export function encodeFrame(seq: number, type: string, data: string): string {
  return `event: ${type}\ndata: ${data}\nid: ${seq}\n\n`
}

/** The JSON that is stored and sent for an event: everything but its type, on one line. */
export function encodeData(event: RunEvent): string {
  const { type: _, ...data } = event
  return JSON.stringify(data)
}

/** Throws when the data is not JSON or not an event of this contract. */
export function decodeEvent(type: string, data: string): RunEvent {
  return RunEvent.parse({ ...JSON.parse(data), type })
}

/** A frame as an SSE parser hands it over. Frames without a seq (comments, `reconnect`) give null. */
export function decodeFrame(frame: {
  id?: string | undefined
  event?: string | undefined
  data: string
}): StoredRunEvent | null {
  if (frame.id === undefined || frame.event === undefined || !/^\d+$/.test(frame.id)) return null
  return { seq: Number(frame.id), event: decodeEvent(frame.event, frame.data) }
}

/** Sent as an event without an id when the server wants readers to come back later. */
export const RECONNECT = 'reconnect'
/** A comment, sent every 15 seconds so that proxies and readers know the stream is alive. */
export const HEARTBEAT = ': heartbeat\n\n'
export const HEARTBEAT_MS = 15_000

/** In a stream of several runs: the frames that follow, up to the next of these, are of this run. */
export const SOURCE = 'source'
/** In a stream of several runs: there is nothing more to read of this run. */
export const SOURCE_END = 'source_end'

export function encodeSource(event: typeof SOURCE | typeof SOURCE_END, runId: string): string {
  return `event: ${event}\ndata: ${JSON.stringify({ runId })}\n\n`
}
