// The HTTP side of what a conversation carries and what it has cost.
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { paths } from '#shared/api.ts'
import { type ToolUseList, UpdateContext } from '#shared/tool-uses.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../http/problem.ts'
import { type ConversationRow, findConversation } from '../conversations/conversation-store.ts'
import { parseBody, parseQuery } from '../http/request.ts'
import { readBilled } from './billed-store.ts'
import { branchMessages } from './branch-store.ts'
import { type ContextDeps, readContext } from './read-context.ts'
import { readToolUses } from './read-tool-uses.ts'
import { setDropped } from './tool-use-store.ts'

const MAX_PARTS = 1000
const PartsQuery = z.object({
  parts: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(MAX_PARTS)), 100),
})

const MessageQuery = z.object({ messageId: z.string() })

export function contextRoutes(deps: ContextDeps): Hono {
  const { db } = deps
  const app = new Hono()

  app.get(paths.context(':id'), async (c) => {
    const { parts } = parseQuery(c, PartsQuery)
    return c.json(await readContext(deps, c.req.param('id') ?? '', parts))
  })

  app.patch(paths.context(':id'), async (c) => {
    const body = await parseBody(c, UpdateContext)
    const { id } = await find(db, c.req.param('id') ?? '')
    await setDropped(db, id, body, new Date().toISOString())
    const uses = await readToolUses(db, id, body.messageId)
    const use = uses.find(({ callId }) => callId === body.callId)
    if (use === undefined) throw new Problem('message_not_found')
    return c.json(use)
  })

  app.get(paths.toolUses(':id'), async (c) => {
    const { messageId } = parseQuery(c, MessageQuery)
    const { id } = await find(db, c.req.param('id') ?? '')
    const items = await readToolUses(db, id, messageId)
    return c.json({ items, nextCursor: null } satisfies ToolUseList)
  })

  app.get(paths.billed(':id'), async (c) => {
    const { id, selectedMessageId } = await find(db, c.req.param('id') ?? '')
    const branch = selectedMessageId === null ? [] : await branchMessages(db, selectedMessageId)
    return c.json(await readBilled(db, id, branch))
  })
  return app
}

async function find(db: Database, id: string): Promise<ConversationRow> {
  const conversation = await findConversation(db, id)
  if (conversation === null) throw new Problem('conversation_not_found')
  return conversation
}
