// The pages that have a temporary conversation open. It is deleted when there is none any more.
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { ClosedConversation, ConversationSummary } from '#shared/api.ts'
import type { Database } from '../db/open.ts'
import { CHANGE, json, operation } from '../http/operation.ts'
import { Problem } from '../http/problem.ts'
import { query } from '../http/request.ts'
import { findConversation } from './conversation-store.ts'
import type { TemporaryConversations } from './temporary.ts'
import { t } from '#shared/translate.ts'

interface TemporaryDeps {
  db: Database
  temporary: TemporaryConversations
}

const ReleaseQuery = z.object({ mayReturn: z._default(z.enum(['true', 'false']), 'false') })
const RELEASE = {
  mayReturn: '`true`: the page may be loading again, and has 20 seconds to come back',
}

export function temporaryRoutes({ db, temporary }: TemporaryDeps): Hono {
  const app = new Hono()
  const page = '/api/conversations/:id/pages/:pageId'

  const checkPage = async (id: string, pageId: string): Promise<ConversationSummary> => {
    if (!/^[\w-]{1,64}$/.test(pageId)) {
      throw new Problem('bad_request', t`A page id has 1 to 64 letters, digits, “-” and “_”.`)
    }
    const found = await findConversation(db, id)
    if (found === null) throw new Problem('conversation_not_found')
    const { title, updatedAt, totals, activeRunId, pinned, archived, folderId, unread } = found
    const summary = {
      id,
      title,
      updatedAt,
      totals,
      activeRunId,
      pinned,
      archived,
      folderId,
      unread,
    }
    return found.temporary ? { ...summary, temporary: true } : summary
  }

  app.put(
    page,
    operation({
      operationId: 'keepConversationOpen',
      summary: 'Say that a page has a temporary conversation open',
      description:
        'To be repeated at least every 15 minutes: a temporary conversation that no page has open is deleted. The page chooses its id. For other conversations nothing depends on it.',
      responses: { 200: json(ConversationSummary) },
      problems: [...CHANGE, 'conversation_not_found'],
    }),
    async (c) => {
      const { id, pageId } = c.req.param()
      const summary = await checkPage(id, pageId)
      if (summary.temporary) temporary.renew(id, pageId)
      return c.json(summary)
    },
  )

  app.delete(
    page,
    operation({
      operationId: 'closeConversation',
      summary: 'Say that a page has closed a temporary conversation',
      description:
        'If no other page has it open, it is deleted for good, a run that is still active is stopped, and its ledger rows stay.',
      responses: { 200: json(ClosedConversation, 'Closed') },
      problems: [...CHANGE, 'conversation_not_found'],
    }),
    query(ReleaseQuery, RELEASE),
    async (c) => {
      const { id, pageId } = c.req.param()
      const summary = await checkPage(id, pageId)
      const mayReturn = c.req.valid('query').mayReturn === 'true'
      const deleted = summary.temporary === true && temporary.release(id, pageId, mayReturn)
      return c.json({ deleted })
    },
  )
  return app
}
