// What can be done with one message of a conversation.
import * as z from 'zod/mini'
import { BranchMessage } from './conversation.ts'

/** `message`: this one, with its answers if it is a question. `branch`: and everything below it. */
export const DeleteScope = z.enum(['message', 'branch'])
export type DeleteScope = z.infer<typeof DeleteScope>

export const MessageVersion = z.extend(BranchMessage, {
  /** How long its runs took. Null while one is active, and for a question. */
  durationMs: z.nullable(z.int()),
})
export type MessageVersion = z.infer<typeof MessageVersion>
