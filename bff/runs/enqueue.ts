// Puts a message into the queue of a conversation, once per Idempotency-Key.
import { MAX_QUEUED, type QueuedMessage } from '#shared/queue.ts'
import type { Database, Writing } from '../db/open.ts'
import { idFromEarlierSubmit } from '../http/idempotency.ts'
import { Problem } from '../http/problem.ts'
import {
  filesOfQueued,
  insertQueued,
  listQueued,
  type NewQueued,
  queuedByKey,
} from './queue-store.ts'
import { t } from '#shared/translate.ts'

/** `check` throws why it cannot be queued, in the same transaction. */
export async function enqueue(
  db: Database,
  made: Omit<NewQueued, 'at'>,
  check?: (trx: Writing) => Promise<void>,
): Promise<QueuedMessage> {
  const { conversationId, body, steersRunId, submit } = made
  const { timeZone: _, files: __, ...message } = body
  const steers = steersRunId === undefined ? {} : { steers: true as const }
  const at = new Date().toISOString()
  return db.transaction(async (trx) => {
    const shown = { ...message, ...(await filesOfQueued(trx, body)), ...steers }
    const earlier = submit && (await queuedByKey(trx, submit.key))
    // It may have been sent since.
    if (submit !== null && earlier !== null) {
      idFromEarlierSubmit(submit, earlier)
      return { ...shown, id: earlier.id, createdAt: earlier.createdAt }
    }
    await check?.(trx)
    if ((await listQueued(trx, conversationId)).length >= MAX_QUEUED) {
      throw new Problem('queue_full', t`${MAX_QUEUED} messages are queued. Wait, or remove one.`)
    }
    await insertQueued(trx, { ...made, at })
    return { ...shown, id: made.id, createdAt: at }
  })
}
