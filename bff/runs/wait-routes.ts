// What runs wait for: the list, the decisions, and the outputs that a person looks at before deciding.
import { Hono } from 'hono'
import { callKey } from '#shared/call-key.ts'
import { Run } from '#shared/api.ts'
import { DecideRun, WaitList } from '#shared/decide.ts'
import { CHANGE, json, operation } from '../http/operation.ts'
import { translateFields } from '../http/stored-sentences.ts'
import { Problem } from '../http/problem.ts'
import { body } from '../http/request.ts'
import { decideRun } from './decide-run.ts'
import { findLiveRun, present } from './find-run.ts'
import { findOutput } from './nested-store.ts'
import type { RunParts } from './run-parts.ts'
import { listOpenWaits } from './wait-store.ts'

export function waitRoutes(parts: RunParts): Hono {
  const app = new Hono()

  app.post(
    '/api/runs/:id/decisions',
    operation({
      operationId: 'decideWait',
      summary: 'Decide what a waiting run waits for; taken once',
      description:
        'A `waiting` event names the `waitId` and its kind. Budget: `continue` lets this run spend what was offered or the limits that are sent, `stop` ends it. Approval: `approve` and `edit` name the hash of the arguments that were shown, `deny` may give the model a reason, `respond` gives the result in place of the tool. Question: `answer` gives words, an option, or both.',
      responses: { 200: json(Run) },
      problems: [...CHANGE, 'run_not_found', 'already_decided', 'arguments_changed'],
    }),
    body(DecideRun),
    async (c) => {
      const run = await findLiveRun(parts, c.req.param('id'))
      await decideRun(parts, run, c.req.valid('json'))
      return c.json(present(parts, run))
    },
  )

  app.get(
    '/api/waits',
    operation({
      operationId: 'listWaits',
      summary: 'What waits for a decision, over all conversations, oldest first',
      responses: { 200: json(WaitList) },
    }),
    async (c) => {
      const waits = await listOpenWaits(parts.db)
      const items = waits.map((wait) => translateFields(wait, ['label']))
      return c.json({ items, nextCursor: null })
    },
  )

  app.get(
    '/api/runs/:id/outputs/:callId',
    operation({
      operationId: 'getToolOutput',
      summary: 'The whole output of a tool call, where the message has it cut',
      parameters: [
        {
          in: 'query',
          name: 'parentCallId',
          description: 'The `parentCallId` of its events, if it belongs to a nested run',
          schema: { type: 'string' },
        },
      ],
      responses: {
        200: { description: 'The text', content: { 'text/plain': { schema: { type: 'string' } } } },
      },
      problems: ['run_not_found', 'not_found'],
    }),
    async (c) => {
      const run = await findLiveRun(parts, c.req.param('id'))
      const key = callKey(c.req.param('callId'), c.req.query('parentCallId'))
      const output = await findOutput(parts.db, run.id, key)
      if (output === null) throw new Problem('not_found')
      return c.text(output)
    },
  )
  return app
}
