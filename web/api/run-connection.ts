// The one connection over which a browser reads its runs: alone, a run is read at its own address,
// several in one stream. The log on the server is the truth and `seq` the place in it, so every
// reconnect asks for what comes after the last event seen. A broken connection is no failed run.
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import * as z from 'zod/mini'
import { HEARTBEAT_MS, RECONNECT, SOURCE, SOURCE_END } from '#shared/sse.ts'
import { isHidden, onWake, pause } from './page-wake.ts'
import { ApiError, send } from './request.ts'

const FIRST_DELAY_MS = 500
const MAX_DELAY_MS = 15_000
const NOTHING_LEFT = 204
/** Several tabs that are opened at once are one change. */
const SETTLE_MS = 20
/** Twice the time between two signs of life. */
const SILENCE_MS = 2 * HEARTBEAT_MS

/** A frame of a run as it came; plain, so that it can be handed to other tabs. */
export interface Frame {
  seq: number
  event: string
  data: string
}

/** Events of one run that arrived together. `isOver` says that there are no more. */
interface Arrival {
  runId: string
  frames: Frame[]
  isOver: boolean
}

export interface RunListener {
  /** Frames that follow the event `after` of a run. */
  onFrames: (runId: string, after: number, frames: Frame[]) => void
  /** There is no more to read of it. */
  onOver: (runId: string) => void
  /** False while the connection is down and another attempt is due. */
  onConnection: (connected: boolean) => void
}

export class RunConnection {
  readonly #listener: RunListener
  readonly #closed = new AbortController()
  /** The last seq seen of each run. */
  readonly #cursors = new Map<string, number>()
  /** Followed from an earlier place than the connection under way brings. */
  readonly #rewound = new Set<string>()
  #current: AbortController | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #isRunning = false

  constructor(listener: RunListener) {
    this.#listener = listener
  }

  follow(runId: string, after: number): void {
    const cursor = this.#cursors.get(runId)
    if (cursor !== undefined && cursor <= after) return
    if (cursor !== undefined) this.#rewound.add(runId)
    this.#cursors.set(runId, after)
    if (!this.#isRunning) {
      void this.#run()
      return
    }
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#current?.abort(), SETTLE_MS)
  }

  leave(runId: string): void {
    // Others go on undisturbed: it is left out of the next connection.
    if (this.#cursors.delete(runId) && this.#cursors.size === 0) this.#current?.abort()
  }

  close(): void {
    this.#closed.abort()
    this.#current?.abort()
    clearTimeout(this.#timer)
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    const { signal } = this.#closed
    for (let failures = 0; !signal.aborted && this.#cursors.size > 0;) {
      const current = new AbortController()
      this.#current = current
      if (await this.#readStream(current.signal)) failures = 0
      // Ended by a change of what is followed, or because all is read.
      if (current.signal.aborted || this.#cursors.size === 0) continue
      this.#listener.onConnection(false)
      await pause(delay(failures++), AbortSignal.any([signal, current.signal]))
    }
    this.#isRunning = false
  }

  /** Whether anything came. */
  async #readStream(signal: AbortSignal): Promise<boolean> {
    this.#rewound.clear()
    const runs = [...this.#cursors]
    const alone = runs.length === 1 ? (runs[0]?.[0] ?? null) : null
    const response = await connect(runs, signal)
    if (response?.status === NOTHING_LEFT) {
      for (const [runId] of runs) this.#over(runId)
      return false
    }
    if (response === null) return false
    this.#listener.onConnection(true)
    let came = false
    for await (const arrival of readArrivals(response, alone, signal)) {
      if (signal.aborted) break
      came = true
      this.#deliver(arrival)
    }
    return came
  }

  #deliver({ runId, frames, isOver }: Arrival): void {
    const after = this.#cursors.get(runId)
    if (after === undefined || this.#rewound.has(runId)) return
    const fresh = frames.filter(({ seq }) => seq > after)
    const last = fresh.at(-1)
    if (last !== undefined) {
      this.#cursors.set(runId, last.seq)
      this.#listener.onFrames(runId, after, fresh)
    }
    if (isOver || last?.event === 'done') this.#over(runId)
  }

  #over(runId: string): void {
    if (this.#cursors.delete(runId)) this.#listener.onOver(runId)
  }
}

/** Returns null without a response, or for a transient one (a proxy's 502, a restart's 503, too many streams). */
async function connect(runs: [string, number][], signal: AbortSignal): Promise<Response | null> {
  try {
    return await send(addressOf(runs), { headers: { accept: 'text/event-stream' }, signal })
  } catch (error) {
    if (signal.aborted || !(error instanceof ApiError)) return null
    // Unknown cursor or run, or the log was trimmed.
    const isFinal = error.status >= 400 && error.status < 500 && error.status !== 429
    return isFinal ? new Response(null, { status: NOTHING_LEFT }) : null
  }
}

function addressOf(runs: [string, number][]): string {
  const [[runId, after] = ['', 0]] = runs
  if (runs.length === 1) return `/api/runs/${runId}/events?after=${after}`
  return `/api/events?${runs.map(([id, seq]) => `run=${id}:${seq}`).join('&')}`
}

function delay(failures: number): number {
  const longest = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** failures)
  return longest * (0.75 + Math.random() / 4)
}

/** Ends when the connection does, whatever the reason; it never throws. `runId`: of a stream of one run. */
async function* readArrivals(
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
