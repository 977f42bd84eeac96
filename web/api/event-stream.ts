// One connection to the events of runs, from its response to its end. Watches for silence: a proxy
// or a sleeping laptop can leave a connection that looks open and says nothing.
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import * as z from 'zod/mini'
import { HEARTBEAT_MS, RECONNECT, SOURCE, SOURCE_END } from '#shared/sse.ts'
import { isHidden, onWake } from './page-wake.ts'

const SILENCE_MS = 2 * HEARTBEAT_MS

/** A frame of a run as it came; plain, so that it can be handed to other tabs. */
export interface Frame {
  seq: number
  event: string
  data: string
}

/** What came at once of one run; `isOver`: nothing is left of it. */
export interface Arrival {
  runId: string
  frames: Frame[]
  isOver: boolean
}

/** Ends when the connection does, whatever the reason; it never throws. `runId`: of a stream of one run. */
export async function* readArrivals(
  response: Response,
  runId: string | null,
  signal: AbortSignal,
): AsyncGenerator<Arrival> {
  const reader = response.body?.getReader()
  if (reader === undefined) return
  const messages: EventSourceMessage[] = []
  const parser = createParser({ onEvent: (message) => messages.push(message) })
  const decoder = new TextDecoder()
  const cancel = () => void reader.cancel().catch(() => undefined)
  const silence = watchSilence(cancel)
  signal.addEventListener('abort', cancel)
  let source = runId
  try {
    for (;;) {
      const chunk = await reader.read()
      if (chunk.done) return
      silence.heard()
      parser.feed(decoder.decode(chunk.value, { stream: true }))
      let arrival: Arrival | null = null
      for (const message of messages.splice(0)) {
        if (message.event === RECONNECT) {
          if (arrival !== null) yield arrival
          return
        }
        if (message.event === SOURCE || message.event === SOURCE_END) source = sourceOf(message)
        if (source === null) continue
        if (arrival !== null && arrival.runId !== source) {
          yield arrival
          arrival = null
        }
        arrival ??= { runId: source, frames: [], isOver: false }
        if (message.event === SOURCE_END) arrival.isOver = true
        const frame = toFrame(message)
        if (frame !== null) arrival.frames.push(frame)
      }
      if (arrival !== null) yield arrival
    }
  } catch {
    // However it broke, what counts is that it broke: the caller comes back by its cursor.
  } finally {
    silence.stop()
    signal.removeEventListener('abort', cancel)
    cancel()
  }
}

const Source = z.object({ runId: z.string() })

function sourceOf({ data }: EventSourceMessage): string {
  return Source.parse(JSON.parse(data)).runId
}

function toFrame({ id, event, data }: EventSourceMessage): Frame | null {
  if (id === undefined || event === undefined || !/^\d+$/.test(id)) return null
  return { seq: Number(id), event, data }
}

/** Counts only while the page is visible: a hidden page may be frozen, which says nothing. */
function watchSilence(onSilence: () => void): { heard: () => void; stop: () => void } {
  let heardAt = Date.now()
  const check = () => {
    if (!isHidden() && Date.now() - heardAt > SILENCE_MS) onSilence()
  }
  const timer = setInterval(check, HEARTBEAT_MS / 3)
  // After a change of network the old connection may never learn that it is dead.
  const stopListening = onWake((reason) => (reason === 'online' ? onSilence() : check()))
  return {
    heard: () => {
      heardAt = Date.now()
    },
    stop: () => {
      clearInterval(timer)
      stopListening()
    },
  }
}
