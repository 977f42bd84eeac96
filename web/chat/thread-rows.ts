// The thread as it stands on the screen: what is stored, what is being sent, what is being written.
import type { BranchMessage, Conversation } from '#shared/api.ts'
import { NO_CALLS } from '#shared/ledger.ts'
import type { Message } from '#shared/message.ts'
import type { LiveMessage } from '../transcript/live-message.ts'
import type { AnsweredBy, ThreadRow } from '../transcript/thread-row.ts'
import type { Sending } from './sendings.ts'
import { isStored } from './stored-thread.ts'

interface Sources {
  conversation: Conversation | null
  sending: Sending | null
  /** The run that the conversation says is active. */
  active: LiveMessage | null
  originOf: (runId: string) => string | null
}

export function threadRows(sources: Sources): ThreadRow[] {
  let before: AnsweredBy | null = null
  return rowsOf(sources).map((row) => {
    if (row.message.role === 'user') return row
    const known = before === null ? row : { ...row, answeredBefore: before }
    before = answeredBy(row.message) ?? before
    return known
  })
}

/** Null while it is not known. */
export function answeredBy({ provider, model }: Message): AnsweredBy | null {
  return provider === null || model === null ? null : { provider, model }
}

function rowsOf({ conversation, sending, active, originOf }: Sources): ThreadRow[] {
  const stored = conversation?.messages ?? []
  if (sending !== null && !isStored(conversation, sending)) {
    const before = beforeRetried(stored, sending.submission.retryOf)
    return [...before.map(toRow), ...sentRows(sending)]
  }
  const rows = stored.map(toRow)
  const runId = conversation?.activeRunId ?? null
  if (conversation === null || runId === null || active === null) return rows
  if (stored.some((message) => message.runId === runId)) return rows
  return [...rows, answerRow(answerKey(originOf(runId) ?? runId), active)]

  function toRow(message: BranchMessage, index: number): ThreadRow {
    const answer = message.role === 'user' ? stored[index + 1] : message
    const origin = answer?.runId ? originOf(answer.runId) : null
    const isActive = message.runId !== null && message.runId === conversation?.activeRunId
    return {
      key: origin === null ? message.id : keyFor(message, origin),
      message,
      live: isActive && message.status === 'running' ? active : null,
      siblingIds: message.siblingIds,
      counting: message.counting === true,
    }
  }
}

function beforeRetried(stored: BranchMessage[], retryOf: string | null): BranchMessage[] {
  const retried = stored.findIndex((message) => message.id === retryOf)
  return retried === -1 ? stored : stored.slice(0, retried)
}

function sentRows({ submission, feed, sentAt }: Sending): ThreadRow[] {
  const { key, text } = submission
  const answer = answerRow(answerKey(key), feed.live, sentAt)
  if (text === null) return [answer]
  const question: Message = {
    ...nobody,
    id: key,
    role: 'user',
    status: 'completed',
    parts: [{ type: 'text', text }],
    createdAt: sentAt,
  }
  return [{ key: questionKey(key), message: question, live: null, siblingIds: [] }, answer]
}

function answerRow(key: string, live: LiveMessage, createdAt = ''): ThreadRow {
  const message: Message = { ...nobody, id: key, role: 'assistant', status: 'running', createdAt }
  return { key, message, live, siblingIds: [] }
}

const nobody = {
  conversationId: '',
  parentId: null,
  parts: [],
  runId: null,
  agent: null,
  provider: null,
  model: null,
  totals: NO_CALLS,
}

const keyFor = ({ role }: Message, origin: string) =>
  role === 'user' ? questionKey(origin) : answerKey(origin)
const questionKey = (origin: string) => `question-${origin}`
const answerKey = (origin: string) => `answer-${origin}`
