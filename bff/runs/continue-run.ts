// Continues an answer that did not complete, with a new run of the same message. The parts of the message stay, the
// log of the new run begins after them, and the model is sent the items so far.
import { v7 as uuid } from 'uuid'
import type { ContinueMessage, Run } from '#shared/api.ts'
import type { Message } from '#shared/message.ts'
import { findByIdempotencyKey } from '../conversations/conversation-store.ts'
import type { Writing } from '../db/open.ts'
import type { Idempotency } from '../http/idempotency.ts'
import { Problem } from '../http/problem.ts'
import { continueMessage, findAnswer, type StoredAnswer } from './continued-store.ts'
import { driveRun } from './drive-run.ts'
import { findSetup } from './placement-store.ts'
import type { RunParts } from './run-parts.ts'
import { activeRunOf, insertRunRow } from './run-store.ts'
import { runOfSubmit } from './start-run.ts'
import { t } from '#shared/translate.ts'

interface Continuation {
  messageId: string
  body: ContinueMessage
  /** Null if this request always starts a run. */
  idempotency: Idempotency | null
}

export async function continueRun(parts: RunParts, asked: Continuation): Promise<Run> {
  const { db, log, active } = parts
  const { messageId, idempotency } = asked
  const { timeZone = 'UTC' } = asked.body
  const known = idempotency && (await runOfSubmit(db, idempotency))
  if (known) return known

  const { provider, model, agent, conversationId } = (await findAnswer(db.kysely, messageId))
    .message
  const { settings } = await findSetup(db, conversationId)
  if (agent !== null) parts.checkAgent(agent)
  const target = await parts.findTarget({ provider, model })
  const stored = await db.transaction(async (trx) => {
    const taken = idempotency && (await findByIdempotencyKey(trx, 'runs', idempotency.key))
    return taken ? null : storeContinuation(trx, messageId, timeZone, idempotency)
  })
  // Another request with the same key was a moment faster.
  if (stored === null) return continueRun(parts, asked)

  const { run, before } = stored
  log.begin(run.id, before)
  active.start(run.id, (stop) => driveRun(parts, { run, target, settings, timeZone }, stop))
  return run
}

async function storeContinuation(
  trx: Writing,
  messageId: string,
  timeZone: string,
  submit: Idempotency | null,
): Promise<{ run: Run; before: Message }> {
  const answer = await findAnswer(trx, messageId)
  const { conversationId } = answer.message
  if ((await activeRunOf(trx, conversationId)) !== null) throw new Problem('run_active')
  const run = nextRun(answer)
  await insertRunRow(trx, run, timeZone, submit)
  return { run, before: await continueMessage(trx, answer, run) }
}

/** Throws the problem that says why the answer cannot be continued. */
function nextRun({ message, isSelected, isDamaged }: StoredAnswer): Run {
  const { id, conversationId, parentId, agent, provider, model, status, parts } = message
  const isAnswer = parentId !== null && agent !== null && provider !== null && model !== null
  if (!isAnswer) throw new Problem('not_continuable', t`Only an answer can go on.`)
  if (status === 'completed') throw new Problem('not_continuable', t`This answer is complete.`)
  if (!isSelected) {
    throw new Problem('not_continuable', t`Only the last answer of the selected branch can go on.`)
  }
  if (isDamaged) throw new Problem('not_continuable', t`This answer was damaged in storage.`)
  const last = parts.at(-1)
  if (last?.type === 'notice' && last.kind === 'guardrail') {
    throw new Problem('not_continuable', t`A guardrail has ended this answer. Ask in another way.`)
  }
  return {
    id: uuid(),
    conversationId,
    messageId: id,
    userMessageId: parentId,
    status: 'running',
    agent,
    provider,
    model,
    lastSeq: 0,
    createdAt: new Date().toISOString(),
    endedAt: null,
  }
}
