// Messages that wait for the end of an answer, and words for the running agent.
import * as z from 'zod/mini'
import { StartRun } from './api.ts'
import { FileInfo } from './files.ts'
import { MAX_TEXT_CHARS } from './limits.ts'

/** A submit that goes to the end of the branch. With files the text may be left out. */
export const QueueMessage = z.omit(StartRun, { parentId: true, retryOf: true })
export type QueueMessage = z.infer<typeof QueueMessage>

export const UpdateQueuedMessage = z.object({
  /** Empty only if the message has files. */
  text: z.string().check(z.trim(), z.maxLength(MAX_TEXT_CHARS)),
})
export type UpdateQueuedMessage = z.infer<typeof UpdateQueuedMessage>

export const SteerRun = z.required(z.pick(StartRun, { text: true }))
export type SteerRun = z.infer<typeof SteerRun>

export const QueuedFile = z.pick(FileInfo, { id: true, name: true, type: true, size: true })
export type QueuedFile = z.infer<typeof QueuedFile>

export const QueuedMessage = z.object({
  id: z.string(),
  /** Empty if it is files alone. */
  text: z.string(),
  /** In the order in which they are attached. */
  files: z.optional(z.array(QueuedFile)),
  agent: z.optional(z.string()),
  provider: z.optional(z.string()),
  model: z.optional(z.string()),
  createdAt: z.iso.datetime(),
  /** The running agent is told it before its next request. If there is none, it is sent as a message. */
  steers: z.optional(z.literal(true)),
  /** Why it could not be sent. */
  problem: z.optional(z.string()),
})
export type QueuedMessage = z.infer<typeof QueuedMessage>

/** Why the queue is paused: nothing is sent until the user sends it or the next answer completes. */
export const QueueHold = z.enum([
  'waiting', // the answer waits for a decision
  'stopped', // the user stopped the last answer
  'failed', // the last answer failed
  'refused', // the next message could not be sent
])
export type QueueHold = z.infer<typeof QueueHold>

export const MessageQueue = z.object({
  /** In the order in which they are sent. */
  items: z.array(QueuedMessage),
  nextCursor: z.null(),
  /** Null: the next message is sent when the answer completes. */
  held: z.nullable(QueueHold),
})
export type MessageQueue = z.infer<typeof MessageQueue>

export const MAX_QUEUED = 20
