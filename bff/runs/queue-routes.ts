// The HTTP side of the queue of a conversation.
import { Hono } from 'hono'
import { v7 as uuid } from 'uuid'
import { Run } from '#shared/api.ts'
import {
  MAX_QUEUED,
  MessageQueue,
  QueuedMessage,
  QueueMessage,
  UpdateQueuedMessage,
} from '#shared/queue.ts'
import { readIdempotency } from '../http/idempotency.ts'
import { CHANGE, CHOICE, header, json, operation } from '../http/operation.ts'
import { translateFields } from '../http/stored-sentences.ts'
import { Problem, type ProblemCode } from '../http/problem.ts'
import { body } from '../http/request.ts'
import { enqueue } from './enqueue.ts'
import { present } from './find-run.ts'
import { findSetup } from './placement-store.ts'
import {
  changeQueued,
  emptyQueue,
  findQueued,
  leaveQueue,
  listQueued,
  type Queued,
  queueState,
} from './queue-store.ts'
import { checkTimeZone } from './read-submit.ts'
import type { RunParts } from './run-parts.ts'
import { sendNext, sendNow } from './send-queued.ts'
import { t } from '#shared/translate.ts'

const ONE: ProblemCode[] = [...CHANGE, 'queued_message_not_found']

export function queueRoutes(parts: RunParts): Hono {
  const { db } = parts
  const app = new Hono()
  const all = '/api/conversations/:id/queue'
  const one = '/api/conversations/:id/queue/:queuedId'

  app.get(
    all,
    operation({
      operationId: 'getQueue',
      summary: 'The messages that wait for the end of an answer, the next one first',
      description:
        '`held` says why nothing is sent: the answer waits for a decision, was stopped or failed, or the next message could not be sent. The queue goes on with the next answer that completes.',
      responses: { 200: json(MessageQueue) },
      problems: ['conversation_not_found'],
    }),
    async (c) => {
      const id = c.req.param('id')
      await findSetup(db, id)
      const queued = await listQueued(db.kysely, id)
      const items = queued.map(({ message }) => translateFields(message, ['problem']))
      const state = await queueState(db.kysely, id)
      return c.json({ items, nextCursor: null, held: state === 'running' ? null : state })
    },
  )

  app.post(
    all,
    operation({
      operationId: 'queueMessage',
      summary: 'Queue a message: it is sent when the answer under way has completed',
      description: `At once if there is none. A conversation queues up to ${MAX_QUEUED} messages. The same \`Idempotency-Key\` with the same body queues one.`,
      parameters: [header('Idempotency-Key', 'Made once per message')],
      responses: { 201: json(QueuedMessage, 'Queued') },
      problems: [
        ...CHANGE,
        ...CHOICE,
        'conversation_not_found',
        'queue_full',
        'idempotency_conflict',
      ],
    }),
    body(QueueMessage),
    async (c) => {
      const id = c.req.param('id')
      const message = c.req.valid('json')
      checkTimeZone(message.timeZone)
      const submit = readIdempotency(c.req.header('idempotency-key'), ['queue', id, message])
      await checkChoice(parts, id, message)
      checkContent(message)
      const body = { ...message, text: message.text ?? '' }
      const made = { id: uuid(), conversationId: id, body, submit }
      const queued = await enqueue(db, made)
      await sendNext(parts, id)
      return c.json(queued, 201)
    },
  )

  app.delete(
    all,
    operation({
      operationId: 'emptyQueue',
      summary: 'Remove all queued messages of a conversation',
      responses: { 204: { description: 'Removed' } },
      problems: [...CHANGE, 'conversation_not_found'],
    }),
    async (c) => {
      await findSetup(db, c.req.param('id'))
      await emptyQueue(db, c.req.param('id'))
      return c.body(null, 204)
    },
  )

  app.patch(
    one,
    operation({
      operationId: 'updateQueuedMessage',
      summary: 'Change the text of a queued message',
      responses: { 200: json(QueuedMessage) },
      problems: ONE,
    }),
    body(UpdateQueuedMessage),
    async (c) => {
      const { message } = await find(parts, c.req.param('id'), c.req.param('queuedId'))
      const { text } = c.req.valid('json')
      checkContent({ ...message, text })
      if (!(await changeQueued(db, message.id, { text }))) throw missing()
      const { problem: _, ...changed } = { ...message, text }
      await sendNext(parts, c.req.param('id'))
      return c.json(changed)
    },
  )

  app.delete(
    one,
    operation({
      operationId: 'removeQueuedMessage',
      summary: 'Remove a queued message',
      responses: { 204: { description: 'Removed' } },
      problems: ONE,
    }),
    async (c) => {
      const { message } = await find(parts, c.req.param('id'), c.req.param('queuedId'))
      const left = await db.transaction((trx) => leaveQueue(trx, message.id))
      if (!left) throw missing()
      await sendNext(parts, c.req.param('id'))
      return c.body(null, 204)
    },
  )

  app.post(
    `${one}/send`,
    operation({
      operationId: 'sendQueuedMessage',
      summary: 'Send a queued message now: an answer under way is stopped',
      responses: { 202: json(Run, 'The run has started') },
      problems: [...ONE, ...CHOICE],
    }),
    async (c) => {
      const id = c.req.param('id')
      const run = await sendNow(parts, id, await find(parts, id, c.req.param('queuedId')))
      return c.json(present(parts, run), 202, { Location: `/api/runs/${run.id}` })
    },
  )
  return app
}

async function checkChoice(parts: RunParts, conversationId: string, message: QueueMessage) {
  await findSetup(parts.db, conversationId)
  const { agent, provider = null, model = null } = message
  if (agent !== undefined) parts.checkAgent(agent)
  if (provider !== null || model !== null) await parts.findTarget({ provider, model })
}

function checkContent({
  text,
  files,
}: Pick<QueueMessage, 'text'> & { files?: object[] | undefined }) {
  if (!text && !files?.length) throw new Problem('bad_request', t`Send text or files.`)
}

async function find({ db }: RunParts, conversationId: string, id: string): Promise<Queued> {
  const found = await findQueued(db.kysely, conversationId, id)
  if (found === null) throw missing()
  return found
}

function missing(): Problem {
  return new Problem('queued_message_not_found', t`It was sent or removed.`)
}
