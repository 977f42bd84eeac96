// One tab of the browser does something for all of them, and says every second that it does. A Web
// Lock passes on by itself when its tab is closed or crashes; from a tab that is frozen, and so says
// nothing, it is stolen. Where there are no locks, as on a plain HTTP address, tabs agree by messages:
// of two that lead, the one that began later steps down.
import { isHidden } from './page-wake.ts'

/** What one tab does. */
export type Task = 'tally-run-streams' | 'tally-notifications'

const TELL_MS = 1_000
/** Timers of a hidden tab come once in a second. */
const SILENT_MS = 3_500
/** A busy tab is not frozen. */
const FROZEN_MS = 10_000

/** Calls `onLead` when this tab leads, and what that returns when it leads no more; returns how to give up. */
export function contend(task: Task, onLead: () => () => void): () => void {
  const locks: LockManager | undefined = navigator.locks
  return locks === undefined ? contendByMessages(task, onLead) : contendByLock(locks, task, onLead)
}

function contendByLock(locks: LockManager, task: Task, onLead: () => () => void): () => void {
  const channel = new BroadcastChannel(`${task}-lead`)
  const waiting = new AbortController()
  const given = Promise.withResolvers<void>()
  let stop: (() => void) | null = null
  let giveUpFallback: (() => void) | null = null
  let heardAt = Date.now()

  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel takes none
  const tell = () => channel.postMessage(null)
  const hold = async () => {
    stop = onLead()
    tell()
    await given.promise
    stepDown()
  }
  const stepDown = () => {
    stop?.()
    stop = null
  }
  const queue = () => {
    locks.request(task, { signal: waiting.signal }, hold).catch(() => {
      const wasStolen = stop !== null
      stepDown()
      if (waiting.signal.aborted) return
      if (wasStolen) queue()
      else giveUpFallback = contendByMessages(task, onLead) // Locks are denied to this page.
    })
  }
  const steal = () => {
    heardAt = Date.now()
    locks.request(task, { steal: true }, hold).catch(stepDown)
  }
  channel.addEventListener('message', () => {
    heardAt = Date.now()
  })
  const timer = setInterval(() => {
    if (stop !== null) tell()
    else if (giveUpFallback === null && !isHidden() && Date.now() - heardAt > FROZEN_MS) steal()
  }, TELL_MS)
  queue()
  return () => {
    clearInterval(timer)
    giveUpFallback?.()
    waiting.abort()
    given.resolve()
    channel.close()
  }
}
interface Claim {
  /** When it began to lead; 0: it leads no more. */
  since: number
  tab: number
}

function contendByMessages(task: Task, onLead: () => () => void): () => void {
  const channel = new BroadcastChannel(task)
  const tab = Math.random()
  let since = 0
  let stop: (() => void) | null = null
  let heardAt = 0

  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel takes none
  const tell = () => channel.postMessage({ since, tab } satisfies Claim)
  const lead = () => {
    since = Date.now()
    stop = onLead()
    tell()
  }
  const stepDown = () => {
    since = 0
    stop?.()
    stop = null
  }
  channel.addEventListener('message', ({ data }: MessageEvent<Claim>) => {
    if (data.since === 0) {
      heardAt = 0
      if (stop === null) lead()
      return
    }
    heardAt = Date.now()
    if (stop === null) return
    const isOlder = data.since < since || (data.since === since && data.tab < tab)
    if (isOlder) stepDown()
    else tell()
  })
  const timer = setInterval(() => {
    if (stop !== null) tell()
    else if (Date.now() - heardAt > SILENT_MS) lead()
  }, TELL_MS)
  lead()
  return () => {
    clearInterval(timer)
    if (stop !== null) {
      stepDown()
      tell()
    }
    channel.close()
  }
}
