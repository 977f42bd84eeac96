// The messages of a thread.
import { NO_CALLS } from '../../../shared/ledger.ts'
import type { Message } from '../../../shared/message.ts'
import type { StoredRunEvent } from '../../../shared/run-event.ts'
import type { LiveMessage } from '../../../web/transcript/live-message.ts'
import type { ThreadRow } from '../../../web/transcript/thread-row.ts'

export const QUESTION =
  'How is this done **well**? Compare:\n\n- with `a` loop\n- [without](https://example.org)\n'

const at = '2026-01-01T00:00:00.000Z'

export function row(
  id: string,
  role: Message['role'],
  text: string,
  live?: LiveMessage,
): ThreadRow {
  const message: Message = {
    id,
    role,
    conversationId: 'c',
    parentId: null,
    status: live === undefined ? 'completed' : 'running',
    parts: live === undefined ? [{ type: 'text', text }] : [],
    createdAt: at,
    runId: role === 'user' ? null : `run-${id}`,
    agent: role === 'user' ? null : 'assistant',
    provider: role === 'user' ? null : 'demo',
    model: role === 'user' ? null : 'demo',
    totals: role === 'user' ? null : NO_CALLS,
  }
  return { key: id, message, live: live ?? null, siblingIds: [] }
}

/** Builds a thread of these texts, alternating between user and assistant. */
export function rowsOf(texts: string[]): ThreadRow[] {
  return texts.map((text, index) => row(`m${index}`, index % 2 === 0 ? 'user' : 'assistant', text))
}

export const BEGUN: StoredRunEvent = {
  seq: 1,
  event: {
    type: 'run',
    at,
    runId: 'r',
    conversationId: 'c',
    messageId: 'live',
    agent: 'assistant',
    provider: 'demo',
    model: 'demo',
  },
}

let seq = 1

/** Returns the next event of the run that `BEGUN` began. */
export function token(delta: string): StoredRunEvent {
  seq += 1
  return { seq, event: { type: 'token', at, delta } }
}
