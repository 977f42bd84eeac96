// The HTTP side of what a conversation carries and what it has cost.
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { ConversationBilled } from '#shared/billed.ts'
import { ConversationContext } from '#shared/context.ts'
import { ToolUse, ToolUseList, UpdateContext } from '#shared/tool-uses.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../http/problem.ts'
import { type ConversationRow, findConversation } from '../conversations/conversation-store.ts'
import { CHANGE, json, operation } from '../http/operation.ts'
import { body, query } from '../http/request.ts'
import { readBilled } from './billed-store.ts'
import { branchMessages } from './branch-store.ts'
import { type ContextDeps, readContext } from './read-context.ts'
import { readToolUses } from './count-results.ts'
import { setDropped } from './tool-use-store.ts'

const MAX_PARTS = 1000
const MAX_GROUPS = 100
const PartsQuery = z.object({
  parts: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(MAX_PARTS)), 100),
  groups: z._default(z.coerce.number().check(z.int(), z.minimum(0), z.maximum(MAX_GROUPS)), 0),
})

const MessageQuery = z.object({ messageId: z.string() })

export function contextRoutes(deps: ContextDeps): Hono {
  const { db } = deps
  const app = new Hono()

  app.get(
    '/api/conversations/:id/context',
    operation({
      operationId: 'getContext',
      summary: 'What the next request carries, part by part, and the window of its model',
      description:
        'The tokens are those of the last request as its provider counted them, and an estimate of what came since; the shares of the parts are always estimates.',
      responses: { 200: json(ConversationContext) },
      problems: ['bad_request', 'conversation_not_found'],
    }),
    query(PartsQuery, {
      parts: 'How many parts at most; the smallest become one',
      groups: 'How many turns at most to group the parts by; 0 leaves `groups` empty',
    }),
    async (c) => c.json(await readContext(deps, c.req.param('id'), c.req.valid('query'))),
  )

  app.patch(
    '/api/conversations/:id/context',
    operation({
      operationId: 'updateContext',
      summary: 'Drop the result of a tool from what the model gets, or put it back',
      description:
        'The card stays. While it is dropped the model gets a short sentence in place of the result. Refused while an answer is being written.',
      responses: { 200: json(ToolUse) },
      problems: [...CHANGE, 'conversation_not_found', 'message_not_found', 'run_active'],
    }),
    body(UpdateContext),
    async (c) => {
      const change = c.req.valid('json')
      const { id } = await find(db, c.req.param('id'))
      await setDropped(db, id, change, new Date().toISOString())
      const uses = await readToolUses(db, id, change.messageId)
      const use = uses.find(({ callId }) => callId === change.callId)
      if (use === undefined) throw new Problem('message_not_found')
      return c.json(use)
    },
  )

  app.get(
    '/api/conversations/:id/tool-uses',
    operation({
      operationId: 'listToolUses',
      summary:
        'The tools used for one answer: how long, how many tokens, what carrying them has cost',
      responses: { 200: json(ToolUseList) },
      problems: ['bad_request', 'conversation_not_found'],
    }),
    query(MessageQuery, { messageId: 'The answer' }),
    async (c) => {
      const { id } = await find(db, c.req.param('id'))
      const items = await readToolUses(db, id, c.req.valid('query').messageId)
      return c.json({ items, nextCursor: null } satisfies ToolUseList)
    },
  )

  app.get(
    '/api/conversations/:id/billed',
    operation({
      operationId: 'getConversationCost',
      summary: 'What a conversation has cost: this branch, others, deleted answers, and the rest',
      responses: { 200: json(ConversationBilled) },
      problems: ['conversation_not_found'],
    }),
    async (c) => {
      const { id, selectedMessageId } = await find(db, c.req.param('id'))
      const branch = selectedMessageId === null ? [] : await branchMessages(db, selectedMessageId)
      return c.json(await readBilled(db, id, branch))
    },
  )
  return app
}

async function find(db: Database, id: string): Promise<ConversationRow> {
  const conversation = await findConversation(db, id)
  if (conversation === null) throw new Problem('conversation_not_found')
  return conversation
}
