// The one connection over which a browser reads its runs: alone, a run is read at its own address,
// several in one stream. The log on the server is the truth and `seq` the place in it, so every
// reconnect asks for what comes after the last event seen. A broken connection is no failed run.
import { chatPaths } from '#shared/chat-paths.ts'
import { type Arrival, type Frame, readArrivals } from './event-stream.ts'
import { pause } from './page-wake.ts'
import { ApiError, send } from './request.ts'

const FIRST_DELAY_MS = 500
const MAX_DELAY_MS = 15_000
const NOTHING_LEFT = 204
/** Several tabs that are opened at once are one change. */
const SETTLE_MS = 20

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
      if (await this.#readOnce(current.signal)) failures = 0
      // Ended by a change of what is followed, or because all is read.
      if (current.signal.aborted || this.#cursors.size === 0) continue
      this.#listener.onConnection(false)
      await pause(delay(failures++), AbortSignal.any([signal, current.signal]))
    }
    this.#isRunning = false
  }

  /** Whether anything came. */
  async #readOnce(signal: AbortSignal): Promise<boolean> {
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

/** Null when nobody answered or the answer is passing (a proxy's 502, a restart's 503, too many streams). */
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
  if (runs.length === 1) return `${chatPaths.events(runId)}?after=${after}`
  return `${chatPaths.severalEvents}?${runs.map(([id, seq]) => `run=${id}:${seq}`).join('&')}`
}

function delay(failures: number): number {
  const longest = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** failures)
  return longest * (0.75 + Math.random() / 4)
}
