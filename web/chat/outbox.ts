// Submits that the server has not acknowledged. Each keeps the key it was first sent with, so a
// reload in the middle of sending sends it again without starting a second run.
import * as z from 'zod/mini'
import { CreateConversation } from '#shared/api.ts'
import { readStored, writeStored } from '../ui/stored.ts'
import { OUTBOX } from './drafts.ts'

/** The model of the next run; what is left out is the server's default. */
const ModelChoice = z.pick(CreateConversation, { provider: true, model: true })
export type ModelChoice = z.infer<typeof ModelChoice>

export const Submission = z.object({
  /** The Idempotency-Key. */
  key: z.string(),
  /** Null until its conversation has been created. */
  conversationId: z.nullable(z.string()),
  /** Null when an answer is tried again. */
  text: z.nullable(z.string()),
  retryOf: z.nullable(z.string()),
  choice: ModelChoice,
  /** With what a new conversation is created. */
  setup: z.pick(CreateConversation, { agent: true, settings: true }),
})
export type Submission = z.infer<typeof Submission>

export function unacknowledged(): Submission[] {
  try {
    const parsed = z.array(Submission).safeParse(JSON.parse(readStored(OUTBOX) ?? '[]'))
    return parsed.success ? parsed.data : []
  } catch {
    return []
  }
}

export function keepUntilAcknowledged(submission: Submission): void {
  store([...others(submission.key), submission])
}

export function acknowledge(key: string): void {
  store(others(key))
}

export function newKey(): string {
  // crypto.randomUUID exists only on HTTPS and localhost.
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function others(key: string): Submission[] {
  return unacknowledged().filter((submission) => submission.key !== key)
}

function store(submissions: Submission[]): void {
  writeStored(OUTBOX, submissions.length === 0 ? null : JSON.stringify(submissions))
}
