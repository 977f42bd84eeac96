import type { Message } from '#shared/message.ts'
import type { LiveMessage } from './live-message.ts'

/** The model of an answer, and its provider. */
export interface AnsweredBy {
  provider: string
  model: string
}

/** One message of the thread, in its place on the screen. */
export interface ThreadRow {
  /** Stays the same while a message that was just sent becomes the stored one. */
  key: string
  /** As it is stored; of a message that is being written, what was known when it was read. */
  message: Message
  /** Set while it is being written. */
  live: LiveMessage | null
  /** The messages at this place in all branches, oldest first. */
  siblingIds: string[]
  /** Who gave the last answer above it; absent where none is loaded. */
  answeredBefore?: AnsweredBy
  /** It was stopped, and what it cost is still being counted. */
  counting?: boolean
  /** The summary that stands for it and everything above it. */
  summaryId?: string
}
