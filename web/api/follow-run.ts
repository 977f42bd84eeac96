// Follows runs for all tabs of this browser over one connection, since a browser has six of them to a
// server and every other call needs one, too. One tab leads: it holds the connection and passes on
// what comes. The others say what they follow, and each keeps its own cursor, so that a tab that takes
// over, or a frame that comes twice, loses and repeats nothing.
import { isEnding, type StoredRunEvent } from '#shared/run-event.ts'
import { decodeEvent } from '#shared/sse.ts'
import { contend } from './leadership.ts'
import { isHidden } from './page-wake.ts'
import { type Frame, RunConnection } from './run-connection.ts'

const HIDDEN_MS = 30_000

interface FollowOptions {
  /** The last seq already seen. */
  after?: number
  onEvents: (events: StoredRunEvent[]) => void
  /** There is nothing more to read. */
  onEnd: () => void
  /** False while the connection is down and another attempt is due. */
  onConnection?: (connected: boolean) => void
}

/**
 * Follows a run until it ends or the returned function is called, over as many connections as that takes
 * and whichever tab holds them. A page that is hidden for a while lets go, and catches up when it is shown.
 */
export function followRun(
  runId: string,
  { after = 0, onEvents, onEnd, onConnection = () => undefined }: FollowOptions,
): () => void {
  let cursor = after
  let leave: (() => void) | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const join = () => {
    clearTimeout(timer)
    leave ??= streams.follow(runId, { cursor: () => cursor, onFrames, onOver: end, onConnection })
  }
  const letGo = () => {
    clearTimeout(timer)
    leave?.()
    leave = null
  }
  const onVisibility = () => {
    if (!isHidden()) return join()
    clearTimeout(timer)
    timer = setTimeout(letGo, HIDDEN_MS)
  }
  const close = () => {
    document.removeEventListener('visibilitychange', onVisibility)
    letGo()
  }
  function onFrames(frames: Frame[]) {
    cursor = frames.at(-1)?.seq ?? cursor
    const events = frames.flatMap(decode)
    if (events.length > 0) onEvents(events)
    if (events.some(({ event }) => isEnding(event))) end()
  }
  function end() {
    if (leave === null) return
    close()
    onEnd()
  }

  document.addEventListener('visibilitychange', onVisibility)
  join()
  return close
}

/** Skips an event of a later version; what this page can show stays in order. */
function decode({ seq, event, data }: Frame): StoredRunEvent[] {
  try {
    return [{ seq, event: decodeEvent(event, data) }]
  } catch {
    return []
  }
}

interface Follower {
  /** The last seq it has seen. */
  cursor: () => number
  onFrames: (frames: Frame[]) => void
  onOver: () => void
  onConnection: (connected: boolean) => void
}

type Message =
  | { type: 'follow'; tab: number; runId: string; after: number }
  | { type: 'leave'; tab: number; runId: string }
  /** Who leads from now on asks what is followed. */
  | { type: 'ask' }
  | { type: 'frames'; runId: string; after: number; frames: Frame[] }
  | { type: 'over'; runId: string }
  | { type: 'connection'; connected: boolean }

class RunStreams {
  readonly #tab = Math.random()
  readonly #followers = new Map<string, Follower>()
  #channel: BroadcastChannel | null = null
  #giveUp: (() => void) | null = null
  #lead: Lead | null = null

  /** Follows a run until the returned function is called; a tab follows each run once. */
  follow(runId: string, follower: Follower): () => void {
    this.#followers.set(runId, follower)
    this.#open()
    this.#tellFollows(runId, follower)
    return () => {
      if (this.#followers.get(runId) !== follower) return
      this.#followers.delete(runId)
      this.#tell({ type: 'leave', tab: this.#tab, runId })
      if (this.#followers.size === 0) this.#close()
    }
  }

  #open(): void {
    if (this.#channel !== null) return
    this.#channel = new BroadcastChannel('tally-runs')
    this.#channel.addEventListener('message', ({ data }: MessageEvent<Message>) => this.#hear(data))
    window.addEventListener('pagehide', this.#onPageHide)
    window.addEventListener('pageshow', this.#onPageShow)
    this.#contend()
  }

  #close(): void {
    this.#giveUp?.()
    this.#giveUp = null
    this.#channel?.close()
    this.#channel = null
    window.removeEventListener('pagehide', this.#onPageHide)
    window.removeEventListener('pageshow', this.#onPageShow)
  }

  #contend(): void {
    this.#giveUp = contend('tally-run-streams', () => {
      const lead = new Lead({
        tell: (message) => this.#tell(message),
        // Copies of all that comes are made only for tabs that follow it.
        tellOf: (tabs, message) =>
          tabs.size === 1 && tabs.has(this.#tab) ? this.#hear(message) : this.#tell(message),
      })
      this.#lead = lead
      for (const [runId, follower] of this.#followers) this.#tellFollows(runId, follower)
      this.#tell({ type: 'ask' })
      return () => {
        lead.close()
        if (this.#lead === lead) this.#lead = null
      }
    })
  }

  /** A page that is kept for the way back holds nothing. */
  readonly #onPageHide = () => {
    for (const runId of this.#followers.keys()) this.#tell({ type: 'leave', tab: this.#tab, runId })
    this.#giveUp?.()
    this.#giveUp = null
  }

  readonly #onPageShow = () => {
    if (this.#giveUp === null) this.#contend()
    for (const [runId, follower] of this.#followers) this.#tellFollows(runId, follower)
  }

  #tellFollows(runId: string, { cursor }: Follower): void {
    this.#tell({ type: 'follow', tab: this.#tab, runId, after: cursor() })
  }

  /** A channel does not bring a message back to the tab that sent it. */
  #tell(message: Message): void {
    this.#channel?.postMessage(message)
    this.#hear(message)
  }

  #hear(message: Message): void {
    switch (message.type) {
      case 'follow':
        return this.#lead?.follow(message)
      case 'leave':
        return this.#lead?.leave(message)
      case 'ask':
        if (this.#lead !== null) return
        for (const [runId, follower] of this.#followers) this.#tellFollows(runId, follower)
        return
      case 'frames':
        return this.#take(message)
      case 'over':
        return this.#followers.get(message.runId)?.onOver()
      case 'connection':
        for (const { onConnection } of this.#followers.values()) onConnection(message.connected)
    }
  }

  #take({ runId, after, frames }: Extract<Message, { type: 'frames' }>): void {
    const follower = this.#followers.get(runId)
    if (follower === undefined) return
    const cursor = follower.cursor()
    // It goes on at an earlier place: what it has said of that will be heeded.
    if (after > cursor) return
    follower.onFrames(frames.filter(({ seq }) => seq > cursor))
  }
}

const streams = new RunStreams()

interface Telling {
  tell: (message: Message) => void
  /** Only these tabs need to hear it. */
  tellOf: (tabs: Set<number>, message: Message) => void
}

/** The state of the leading tab: which tab follows which runs. */
class Lead {
  readonly #tabs = new Map<string, Set<number>>()
  readonly #connection: RunConnection

  constructor({ tell, tellOf }: Telling) {
    this.#connection = new RunConnection({
      onFrames: (runId, after, frames) =>
        tellOf(this.#tabs.get(runId) ?? new Set(), { type: 'frames', runId, after, frames }),
      onOver: (runId) => {
        this.#tabs.delete(runId)
        tell({ type: 'over', runId })
      },
      onConnection: (connected) => tell({ type: 'connection', connected }),
    })
  }

  follow({ tab, runId, after }: Extract<Message, { type: 'follow' }>): void {
    const tabs = this.#tabs.get(runId) ?? new Set()
    this.#tabs.set(runId, tabs.add(tab))
    this.#connection.follow(runId, after)
  }

  leave({ tab, runId }: Extract<Message, { type: 'leave' }>): void {
    const tabs = this.#tabs.get(runId)
    if (tabs === undefined) return
    tabs.delete(tab)
    if (tabs.size > 0) return
    this.#tabs.delete(runId)
    this.#connection.leave(runId)
  }

  close(): void {
    this.#connection.close()
  }
}
