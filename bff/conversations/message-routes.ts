// The HTTP side of single messages: reading one, branching from it, deleting it and undoing that.
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { Conversation } from '#shared/api.ts'
import { DeleteScope, MessageVersion } from '#shared/messages.ts'
import type { Database } from '../db/open.ts'
import { readIdempotency } from '../http/idempotency.ts'
import { CHANGE, header, json, operation } from '../http/operation.ts'
import { query } from '../http/request.ts'
import { Problem } from '../http/problem.ts'
import { copyBranch } from './copy-branch.ts'
import { deleteMessages, restoreMessages } from './deletion-store.ts'
import { type LiveRuns, readConversation } from './read-conversation.ts'
import { readVersion } from './read-conversation.ts'

export interface MessageDeps {
  db: Database
  live: LiveRuns
  /** Stops the active run of a conversation, and resolves when it has its ending. */
  endRunOf: (conversationId: string) => Promise<void>
  /** Called when there are new messages to index. */
  onMessages: () => void
}

const DeleteQuery = z.object({ scope: z._default(DeleteScope, 'message') })
const MAX_STOPS = 3

export function messageRoutes(deps: MessageDeps): Hono {
  const { db, live } = deps
  const app = new Hono()

  app.get(
    '/api/messages/:id',
    operation({
      operationId: 'getMessage',
      summary: 'One message, of any branch, and how long it took',
      responses: { 200: json(MessageVersion) },
      problems: ['message_not_found'],
    }),
    async (c) => c.json(await readVersion(db, live, c.req.param('id'))),
  )

  app.post(
    '/api/messages/:id/branch',
    operation({
      operationId: 'branchConversation',
      summary: 'Copy the branch up to this message into a new conversation',
      description:
        'The copy has the settings, the model and the agent of the branch. Ledger rows are not copied: what the copied answers cost stays with the original, and nothing is billed again. The same `Idempotency-Key` makes one conversation.',
      parameters: [header('Idempotency-Key', 'Made once per branch')],
      responses: { 201: json(Conversation, 'Made') },
      problems: [...CHANGE, 'message_not_found', 'run_active', 'idempotency_conflict'],
    }),
    async (c) => {
      const id = c.req.param('id')
      const idempotency = readIdempotency(c.req.header('idempotency-key'), ['branch', id])
      const made = await copyBranch(db, id, idempotency)
      deps.onMessages()
      return c.json(await readConversation(db, live, made), 201)
    },
  )

  app.delete(
    '/api/messages/:id',
    operation({
      operationId: 'deleteMessage',
      summary: 'Delete a message, or everything from it on; its ledger rows stay',
      description:
        '`message`: what follows takes its place; a question takes its answers with it. A run that writes one of the messages is stopped first. Can be undone for ten minutes.',
      responses: { 204: { description: 'Gone' } },
      problems: [...CHANGE, 'bad_request', 'message_not_found', 'run_active'],
    }),
    query(DeleteQuery, { scope: 'This message alone, or all of the branch below it too' }),
    async (c) => {
      const deletion = { id: c.req.param('id'), scope: c.req.valid('query').scope }
      for (let stops = 0; ; stops += 1) {
        const at = new Date().toISOString()
        const writing = await deleteMessages(db, { ...deletion, at })
        if (writing === null) return c.body(null, 204)
        if (stops === MAX_STOPS) throw new Problem('run_active')
        await deps.endRunOf(writing)
      }
    },
  )

  app.post(
    '/api/messages/:id/restore',
    operation({
      operationId: 'restoreMessage',
      summary: 'Undo the deletion of a message',
      responses: { 200: json(Conversation) },
      problems: [...CHANGE, 'message_not_found'],
    }),
    async (c) => {
      const conversationId = await restoreMessages(db, c.req.param('id'))
      return c.json(await readConversation(db, live, conversationId))
    },
  )
  return app
}
