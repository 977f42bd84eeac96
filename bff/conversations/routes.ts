// The HTTP side of conversations.
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { v7 as uuid } from 'uuid'
import {
  Conversation,
  ConversationPage,
  type ConversationSummary,
  CreateConversation,
  UpdateConversation,
} from '#shared/api.ts'
import { pendingTotals } from '#shared/totals-so-far.ts'
import { idFromEarlierSubmit, type Idempotency, readIdempotency } from '../http/idempotency.ts'
import { PAGE, pageQuery } from '../http/page-query.ts'
import { CHANGE, CHOICE, header, json, operation } from '../http/operation.ts'
import { body, query } from '../http/request.ts'
import { Problem } from '../http/problem.ts'
import { changeConversation, setDeleted } from './change-store.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { type MessageDeps, messageRoutes } from './message-routes.ts'
import { readConversation } from './read-conversation.ts'
import {
  findByIdempotencyKey,
  insertConversation,
  listConversations,
} from './conversation-store.ts'

export interface Choice {
  agent?: string | undefined
  provider?: string | null | undefined
  model?: string | null | undefined
}

export interface ConversationDeps extends MessageDeps {
  defaultAgent: string
  /** Throws the problem that names what there is not. */
  checkChoice: (choice: Choice) => Promise<void> | void
  /** A deleted conversation costs no more money. */
  stopRunOf: (conversationId: string) => Promise<void>
}

const PageQuery = pageQuery(30)
const BeforeQuery = z.object({ before: z.optional(z.string()) })

export function conversationRoutes(deps: ConversationDeps): Hono {
  const { db, live } = deps
  const app = new Hono()
  const one = '/api/conversations/:id'

  app.get(
    '/api/conversations',
    operation({
      operationId: 'listConversations',
      summary: 'Conversations, newest first',
      responses: { 200: json(ConversationPage) },
      problems: ['bad_request', 'invalid_cursor'],
    }),
    query(PageQuery, PAGE),
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
      problems: [...CHANGE, ...CHOICE, 'idempotency_conflict'],
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
      summary: 'Rename, change settings, or select a branch',
      responses: { 200: json(Conversation) },
      problems: [...CHANGE, ...CHOICE, 'conversation_not_found', 'message_not_found'],
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
      return c.body(null, 204)
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
  return app
}

async function makeConversation(
  deps: ConversationDeps,
  body: CreateConversation,
  idempotency: Idempotency | null,
): Promise<string> {
  const known =
    idempotency &&
    idFromEarlierSubmit(
      idempotency,
      await findByIdempotencyKey(deps.db.kysely, 'conversations', idempotency.key),
    )
  if (known !== null) return known
  await deps.checkChoice(body)
  const made = {
    id: uuid(),
    title: body.title ?? null,
    agent: body.agent ?? deps.defaultAgent,
    provider: body.provider ?? null,
    model: body.model ?? null,
    settings: body.settings ?? {},
    at: new Date().toISOString(),
  }
  // Another request with the same key was a moment faster.
  if (!(await insertConversation(deps.db, made, idempotency)))
    return makeConversation(deps, body, idempotency)
  return made.id
}

async function readPage(
  { db, live }: MessageDeps,
  { cursor, limit }: z.infer<typeof PageQuery>,
): Promise<ConversationPage> {
  const after = cursor === undefined ? null : decodeCursor(cursor)
  const found = await listConversations(db, after, limit + 1)
  const items = found.slice(0, limit).map((item) => withPendingCall(item, live))
  const last = items.at(-1)
  const nextCursor = last !== undefined && found.length > limit ? encodeCursor(last) : null
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
