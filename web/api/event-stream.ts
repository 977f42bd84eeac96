// One connection to a run's events, from its response to its end. Watches for silence: a proxy
// or a sleeping laptop can leave a connection that looks open and says nothing.
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import type { StoredRunEvent } from '#shared/run-event.ts'
import { decodeFrame, HEARTBEAT_MS, RECONNECT } from '#shared/sse.ts'
import { isHidden, onWake } from './page-wake.ts'

const SILENCE_MS = 2 * HEARTBEAT_MS

/** Ends when the connection does, whatever the reason; it never throws. */
export async function* readEvents(response: Response): AsyncGenerator<StoredRunEvent> {
  const reader = response.body?.getReader()
  if (reader === undefined) return
  const frames: EventSourceMessage[] = []
  const parser = createParser({ onEvent: (frame) => frames.push(frame) })
  const decoder = new TextDecoder()
  const silence = watchSilence(() => void reader.cancel().catch(() => undefined))
  try {
    for (;;) {
      const chunk = await reader.read()
      if (chunk.done) return
      silence.heard()
      parser.feed(decoder.decode(chunk.value, { stream: true }))
      for (const frame of frames.splice(0)) {
        if (frame.event === RECONNECT) return
        const stored = decode(frame)
        if (stored !== null) yield stored
      }
    }
  } catch {
    // However it broke, what counts is that it broke: the caller comes back by its cursor.
  } finally {
    silence.stop()
    void reader.cancel().catch(() => undefined)
  }
}

/** An event of a later version is passed over; what this page can show stays in order. */
function decode(frame: EventSourceMessage): StoredRunEvent | null {
  try {
    return decodeFrame(frame)
  } catch {
    return null
  }
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
