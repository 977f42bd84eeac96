// For tests: an event log on a real database, with runs to write to.
import { v7 as uuid } from 'uuid'
import type { RunEvent } from '#shared/run-event.ts'
import { NO_CALLS } from '#shared/ledger.ts'
import { insertConversation } from '../conversations/conversation-store.ts'
import type { Database } from '../db/open.ts'
import { NO_FILES } from '../upstream/attached-files.ts'
import { insertRun } from '../runs/run-store.ts'

const AT = '2026-01-01T00:00:00.000Z'

/** Stores a run in a new conversation, and returns its id. */
export async function storedRun(db: Database): Promise<string> {
  const [id, conversationId, messageId, userMessageId] = [uuid(), uuid(), uuid(), uuid()]
  const agent = 'assistant'
  const setup = { title: null, agent, provider: null, model: null, settings: {}, at: AT }
  await insertConversation(db, { ...setup, id: conversationId })
  const chosen = { agent, provider: 'test', model: 'model-1' }
  const times = { createdAt: AT, endedAt: null }
  const status = 'running'
  const run = {
    id,
    conversationId,
    messageId,
    userMessageId,
    status,
    lastSeq: 0,
    ...chosen,
    ...times,
  }
  await db.transaction((trx) =>
    insertRun(trx, {
      run: { ...run, status: 'running' },
      timeZone: 'UTC',
      question: { text: 'Hi', files: NO_FILES, parentId: null },
      submit: null,
    }),
  )
  return id
}

export function opening(runId: string): RunEvent {
  const ids = { runId, conversationId: 'c', messageId: 'm' }
  return { type: 'run', at: AT, ...ids, agent: 'assistant', provider: 'test', model: 'model-1' }
}

export function token(delta: string): RunEvent {
  return { type: 'token', at: AT, delta }
}

export const DONE: RunEvent = { type: 'done', at: AT, status: 'completed', totals: NO_CALLS }
