// The HTTP side of conversations.
import { Hono } from 'hono'
import * as z from 'zod/mini'
import {
  BulkChange,
  BulkResult,
  Conversation,
  ConversationPage,
  type ConversationSummary,
  CreateConversation,
  UpdateConversation,
} from '#shared/api.ts'
import { pendingTotals } from '#shared/totals-so-far.ts'
import { readIdempotency } from '../http/idempotency.ts'
import { PAGE, pageQuery } from '../http/page-query.ts'
import { CHANGE, CHOICE, header, json, operation } from '../http/operation.ts'
import { body, query } from '../http/request.ts'
import { Problem } from '../http/problem.ts'
import { changeMany } from './bulk-change.ts'
import { changeConversation, setDeleted } from './change-store.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { type FolderDeps, folderRoutes } from './folder-routes.ts'
import { checkFolder } from './folder-store.ts'
import { listConversations } from './list-store.ts'
import { makeConversation } from './make-conversation.ts'
import { type MessageDeps, messageRoutes } from './message-routes.ts'
import { readConversation } from './read-conversation.ts'
import type { TemporaryConversations } from './temporary.ts'
import { temporaryRoutes } from './temporary-routes.ts'

export interface ConversationDeps extends MessageDeps, FolderDeps {
  defaultAgent: string
  /** A deleted conversation costs no more money. */
  stopRunOf: (conversationId: string) => Promise<void>
  temporary: TemporaryConversations
}

const PageQuery = z.extend(pageQuery(30), {
  archived: z._default(z.enum(['true', 'false']), 'false'),
  folder: z.optional(z.string()),
  order: z._default(z.enum(['pinned', 'newest']), 'pinned'),
})
const BeforeQuery = z.object({ before: z.optional(z.string()) })

export function conversationRoutes(deps: ConversationDeps): Hono {
  const { db, live } = deps
  const app = new Hono()
  const one = '/api/conversations/:id'

  app.get(
    '/api/conversations',
    operation({
      operationId: 'listConversations',
      summary: 'Conversations, pinned ones first, then newest first',
      responses: { 200: json(ConversationPage) },
      problems: ['bad_request', 'invalid_cursor', 'folder_not_found'],
    }),
    query(PageQuery, {
      ...PAGE,
      archived: '`true`: the archived ones instead',
      folder: 'The id of a folder; `none`: those in no folder, and pinned ones',
      order: '`pinned`: pinned ones first, then newest first; `newest`: newest first',
    }),
    async (c) => c.json(await readPage(deps, c.req.valid('query'))),
  )

  app.post(
    '/api/conversations',
    operation({
      operationId: 'createConversation',
      summary: 'Start a conversation',
      description:
        'The same `Idempotency-Key` with the same body makes one conversation, however often it is sent.',
      parameters: [header('Idempotency-Key', 'Made once per conversation')],
      responses: { 201: json(Conversation, 'Made') },
      problems: [...CHANGE, ...CHOICE, 'folder_not_found', 'idempotency_conflict'],
    }),
    body(z._default(CreateConversation, {})),
    async (c) => {
      const wanted = c.req.valid('json')
      const idempotency = readIdempotency(c.req.header('idempotency-key'), wanted)
      const id = await makeConversation(deps, wanted, idempotency)
      return c.json(await readConversation(db, live, id), 201)
    },
  )

  app.get(
    one,
    operation({
      operationId: 'getConversation',
      summary: 'A conversation with the newest messages of its selected branch',
      responses: { 200: json(Conversation) },
      problems: ['conversation_not_found', 'invalid_cursor'],
    }),
    query(BeforeQuery, { before: '`previousCursor` of the page after' }),
    async (c) => {
      const { before } = c.req.valid('query')
      return c.json(await readConversation(db, live, c.req.param('id'), before))
    },
  )

  app.patch(
    one,
    operation({
      operationId: 'updateConversation',
      summary: 'Rename, change settings, select a branch, pin, archive, move to a folder',
      responses: { 200: json(Conversation) },
      problems: [
        ...CHANGE,
        ...CHOICE,
        'conversation_not_found',
        'folder_not_found',
        'message_not_found',
      ],
    }),
    body(UpdateConversation),
    async (c) => {
      const change = c.req.valid('json')
      await deps.checkChoice(change)
      await changeConversation(db, c.req.param('id'), change)
      return c.json(await readConversation(db, live, c.req.param('id')))
    },
  )

  app.delete(
    one,
    operation({
      operationId: 'deleteConversation',
      summary: 'Delete a conversation; its ledger rows stay',
      responses: { 204: { description: 'Gone' } },
      problems: [...CHANGE, 'conversation_not_found'],
    }),
    async (c) => {
      const id = c.req.param('id')
      const found = await setDeleted(db, id, new Date().toISOString())
      if (!found) throw new Problem('conversation_not_found')
      await deps.stopRunOf(id)
      deps.temporary.deleted(id)
      return c.body(null, 204)
    },
  )

  app.post(
    '/api/conversations/bulk',
    operation({
      operationId: 'changeConversations',
      summary: 'Pin, archive, move, delete or restore many conversations',
      description:
        'Asked again, it changes nothing more. `undo` lists the requests to this address that take it back.',
      responses: { 200: json(BulkResult) },
      problems: [...CHANGE, 'conversation_not_found', 'folder_not_found'],
    }),
    body(BulkChange),
    async (c) => {
      const asked = c.req.valid('json')
      const result = await changeMany(db, asked)
      if (asked.change.deleted === true) {
        for (const id of result.changed) await deps.stopRunOf(id)
      }
      return c.json(result)
    },
  )

  app.post(
    '/api/conversations/:id/restore',
    operation({
      operationId: 'restoreConversation',
      summary: 'Undo a deletion',
      responses: { 200: json(Conversation) },
      problems: [...CHANGE, 'conversation_not_found'],
    }),
    async (c) => {
      const id = c.req.param('id')
      if (!(await setDeleted(db, id, null))) throw new Problem('conversation_not_found')
      return c.json(await readConversation(db, live, id))
    },
  )
  app.route('/', messageRoutes(deps))
  app.route('/', folderRoutes(deps))
  app.route('/', temporaryRoutes(deps))
  return app
}

async function readPage(
  { db, live }: MessageDeps,
  { cursor, limit, archived, folder, order }: z.infer<typeof PageQuery>,
): Promise<ConversationPage> {
  const after = cursor === undefined ? null : decodeCursor(cursor)
  if (folder !== undefined && folder !== 'none') await checkFolder(db.kysely, folder)
  const filter = { archived: archived === 'true', folder, pinnedFirst: order === 'pinned' }
  const found = await listConversations(db, filter, after, limit + 1)
  const items = found.slice(0, limit).map((item) => withPendingCall(item, live))
  const last = items.at(-1)
  const nextCursor =
    last !== undefined && found.length > limit
      ? encodeCursor({ ...last, notPinned: last.pinned ? 0 : 1 })
      : null
  return { items, nextCursor }
}

function withPendingCall(
  item: ConversationSummary,
  live: MessageDeps['live'],
): ConversationSummary {
  const message = item.activeRunId === null ? null : live.folded(item.activeRunId)?.message
  const pending = message ? pendingTotals(message) : null
  return pending === null ? item : { ...item, pending }
}
