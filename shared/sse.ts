// The SSE framing of run events.
import { RunEvent, type StoredRunEvent } from './run-event.ts'

/**
 * Encodes a frame; `data` is the event's JSON without its type. The id comes last, because some clients
 * accept an id as soon as they read its line and would lose the event of a truncated frame.
 */
export function encodeFrame(seq: number, type: string, data: string): string {
  return `event: ${type}\ndata: ${data}\nid: ${seq}\n\n`
}

/** Returns the JSON of an event without its type, on one line, as stored and sent. */
export function encodeData(event: RunEvent): string {
  const { type: _, ...data } = event
  return JSON.stringify(data)
}

/** Throws if the data is not JSON or not an event of this contract. */
export function decodeEvent(type: string, data: string): RunEvent {
  return RunEvent.parse({ ...JSON.parse(data), type })
}

/** Decodes a parsed SSE frame. Returns null for a frame without a seq (comments, `reconnect`). */
export function decodeFrame(frame: {
  id?: string | undefined
  event?: string | undefined
  data: string
}): StoredRunEvent | null {
  if (frame.id === undefined || frame.event === undefined || !/^\d+$/.test(frame.id)) return null
  return { seq: Number(frame.id), event: decodeEvent(frame.event, frame.data) }
}

/** An event without an id, sent when clients should reconnect later. */
export const RECONNECT = 'reconnect'
/** A comment, sent every 15 seconds to show proxies and clients that the stream is alive. */
export const HEARTBEAT = ': heartbeat\n\n'
export const HEARTBEAT_MS = 15_000

/** In a stream of several runs: the following frames belong to this run, up to the next `source`. */
export const SOURCE = 'source'
/** In a stream of several runs: this run has no more events. */
export const SOURCE_END = 'source_end'

/** Encodes an event without an id that names a run. */
export function encodeSource(event: typeof SOURCE | typeof SOURCE_END, runId: string): string {
  return `event: ${event}\ndata: ${JSON.stringify({ runId })}\n\n`
}
