import type { Message } from '#shared/message.ts'
import type { RunEvent } from '#shared/run-event.ts'
import type { Item } from './types.ts'

/** A run that an earlier process has begun. */
export interface ResumedRun {
  message: Message
  /** The items of its message. */
  items: Item[]
  /** Its events so far. */
  events: AsyncIterable<RunEvent>
  spentNanoUsd: number
}
