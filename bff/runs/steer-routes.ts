// Words for the running agent. They wait in the queue of the conversation: where the run makes no other
// request, they are the next message.
import { Hono } from 'hono'
import { v7 as uuid } from 'uuid'
import type { Run } from '#shared/api.ts'
import { QueuedMessage, SteerRun } from '#shared/queue.ts'
import { type Idempotency, readIdempotency } from '../http/idempotency.ts'
import { CHANGE, header, json, operation } from '../http/operation.ts'
import { Problem } from '../http/problem.ts'
import { body } from '../http/request.ts'
import { enqueue } from './enqueue.ts'
import { findLiveRun } from './find-run.ts'
import type { RunParts } from './run-parts.ts'
import { activeRunOf } from './run-store.ts'
import { t } from '#shared/translate.ts'

export function steerRoutes(parts: RunParts): Hono {
  const app = new Hono()

  app.post(
    '/api/runs/:id/steer',
    operation({
      operationId: 'steerRun',
      summary: 'Tell the running agent something before its next request',
      description:
        'The agent that has the conversation is told it as a user message, and a `steer` event stands in the log where it was told. Until then it can be changed and removed in the queue of the conversation. If the run makes no other request, it is the next message.',
      parameters: [header('Idempotency-Key', 'Made once per message')],
      responses: { 202: json(QueuedMessage, 'It will be told') },
      problems: [...CHANGE, 'run_not_found', 'run_over', 'queue_full', 'idempotency_conflict'],
    }),
    body(SteerRun),
    async (c) => {
      const run = await findLiveRun(parts, c.req.param('id'))
      const { text } = c.req.valid('json')
      const said = ['steer', run.id, text]
      const submit = readIdempotency(c.req.header('idempotency-key'), said)
      return c.json(await steer(parts, run, text, submit), 202)
    },
  )
  return app
}

function steer(
  { db }: RunParts,
  run: Run,
  text: string,
  submit: Idempotency | null,
): Promise<QueuedMessage> {
  const { conversationId } = run
  const steersRunId = run.id
  const made = { id: uuid(), conversationId, body: { text }, steersRunId, submit }
  return enqueue(db, made, async (trx) => {
    if ((await activeRunOf(trx, conversationId)) !== run.id) {
      throw new Problem('run_over', t`This answer is over. Send it as a message instead.`)
    }
  })
}
