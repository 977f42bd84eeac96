// The thread as it stands on the screen: what is stored, what is being sent, what is being written.
import type { BranchMessage, Conversation } from '#shared/api.ts'
import { NO_CALLS } from '#shared/ledger.ts'
import type { Message } from '#shared/message.ts'
import type { AnsweredBy, ThreadRow } from '../transcript/thread-row.ts'
import type { LiveRun } from './live-run.ts'
import type { Pending } from './session-state.ts'

interface Sources {
  conversation: Conversation | null
  /** A message that was sent and is not part of the conversation yet. */
  pending: Pending | null
  /** The run of what was sent, else the run that the conversation says is active. */
  live: LiveRun | null
  /** The key of the submit behind a run. */
  submitOf: (runId: string) => string | null
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

/** Null while it is unknown. */
export function answeredBy({ provider, model }: Message): AnsweredBy | null {
  return provider === null || model === null ? null : { provider, model }
}

function rowsOf({ conversation, pending, live, submitOf }: Sources): ThreadRow[] {
  const stored = conversation?.messages ?? []
  // A later summary includes those before it.
  const summarized = stored.findLastIndex(({ summaryId }) => summaryId !== undefined)
  if (pending !== null) {
    const before = beforeReplaced(stored, pending.submission)
    return [...before.map(toRow), ...sentRows(pending, live)]
  }
  const rows = stored.map(toRow)
  const runId = conversation?.activeRunId ?? null
  if (conversation === null || runId === null || live === null) return rows
  if (stored.some((message) => message.runId === runId)) return rows
  return [...rows, answerRow(answerKey(submitOf(runId) ?? runId), live)]

  function toRow(message: BranchMessage, index: number): ThreadRow {
    const answer = message.role === 'user' ? stored[index + 1] : message
    const submit = answer?.runId ? submitOf(answer.runId) : null
    const isActive = message.runId !== null && message.runId === conversation?.activeRunId
    return {
      key: submit === null ? message.id : keyFor(message, submit),
      message,
      live: isActive && message.status === 'running' && pending === null ? live : null,
      siblingIds: message.siblingIds,
      counting: message.counting === true,
      ...(index === summarized && message.summaryId && { summaryId: message.summaryId }),
    }
  }
}

function beforeReplaced(
  stored: BranchMessage[],
  { retryOf, editOf }: Pending['submission'],
): BranchMessage[] {
  const replaced = stored.findIndex(({ id }) => id === (retryOf ?? editOf?.messageId))
  if (replaced === -1) return stored
  // A question that is answered again stays.
  const isQuestion = stored[replaced]?.id === retryOf && stored[replaced]?.role === 'user'
  return stored.slice(0, isQuestion ? replaced + 1 : replaced)
}

function sentRows({ submission, sentAt }: Pending, live: LiveRun | null): ThreadRow[] {
  const { key, text, files = [] } = submission
  const answer = answerRow(answerKey(key), live, sentAt)
  if (text === null) return [answer]
  const question: Message = {
    ...nobody,
    id: key,
    role: 'user',
    status: 'completed',
    parts: text === '' ? files : [...files, { type: 'text', text }],
    createdAt: sentAt,
  }
  return [{ key: questionKey(key), message: question, live: null, siblingIds: [] }, answer]
}

function answerRow(key: string, live: LiveRun | null, createdAt = ''): ThreadRow {
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

const keyFor = ({ role }: Message, submit: string) =>
  role === 'user' ? questionKey(submit) : answerKey(submit)
const questionKey = (submit: string) => `question-${submit}`
const answerKey = (submit: string) => `answer-${submit}`
