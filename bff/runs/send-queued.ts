// Sends queued messages: the next one when an answer has completed, one by the user at once, and what a
// process left in its queues when the next one starts.
import { v7 as uuid } from 'uuid'
import type { Run } from '#shared/api.ts'
import { untilStored } from '../db/until-stored.ts'
import { inEnglish } from '../http/language.ts'
import { Problem } from '../http/problem.ts'
import {
  changeQueued,
  listQueued,
  type Queued,
  queuedConversations,
  queueState,
} from './queue-store.ts'
import type { RunParts } from './run-parts.ts'
import { startRun } from './start-run.ts'

/** Works in the background, so that the ending of a run does not wait. */
export function sendNextSoon(parts: RunParts, conversationId: string): void {
  parts.active.start(uuid(), () => sendNext(parts, conversationId))
}

export async function sendAllQueued(parts: RunParts): Promise<void> {
  for (const id of await queuedConversations(parts.db)) await sendNext(parts, id)
}

/** Sends the next message, if it is its turn. Never rejects. What cannot be sent stays, with the reason. */
export async function sendNext(parts: RunParts, conversationId: string): Promise<void> {
  const { db, active, lines } = parts
  try {
    await untilStored(
      async () => {
        if (active.ending.aborted) return
        const [next] = await listQueued(db.kysely, conversationId)
        if (next === undefined || (await queueState(db.kysely, conversationId)) !== null) return
        await start(parts, conversationId, next, 'in_turn')
      },
      active.ending,
      isOutage,
    )
  } catch (error) {
    if (!active.ending.aborted) lines.fault(error, 'queue')
  }
}

/** Sends this message now: an answer that is being written is stopped. */
export function sendNow(parts: RunParts, conversationId: string, queued: Queued): Promise<Run> {
  const { body, message } = queued
  const from = { id: message.id, sends: 'stop_answer' } as const
  return startRun(parts, { conversationId, body, idempotency: null, queued: from })
}

async function start(
  parts: RunParts,
  conversationId: string,
  { body, message: { id } }: Queued,
  sends: 'in_turn',
): Promise<void> {
  try {
    // Its problem is stored.
    await inEnglish(() =>
      startRun(parts, { conversationId, body, idempotency: null, queued: { id, sends } }),
    )
  } catch (error) {
    if (!(error instanceof Problem) || isOutage(error)) throw error
    if (NOT_ITS_TURN.has(error.code)) return
    await changeQueued(parts.db, id, { problem: error.message })
  }
}

/** Something else was a moment faster, or the conversation is deleted. */
const NOT_ITS_TURN = new Set(['run_active', 'queued_message_not_found', 'conversation_not_found'])

function isOutage(error: unknown): boolean {
  return error instanceof Problem && error.code === 'unavailable'
}
