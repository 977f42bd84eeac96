// Shares the event loop among requests whose work consists of many short steps. Awaiting what is already
// there does not yield, so without this, all queries of a request would run as one block.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'

/** Leaves room for the step that runs after it. */
const MAX_TURN_MS = 2

let turnStart: number | null = null

/** Yields if this turn of the event loop has lasted long. Call it before each step. */
export async function yieldWhenDue(): Promise<void> {
  if (turnStart !== null && performance.now() - turnStart > MAX_TURN_MS) await yieldToEventLoop()
  if (turnStart !== null) return
  turnStart = performance.now()
  setImmediate(() => {
    turnStart = null
  })
}
