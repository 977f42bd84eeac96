// Summaries of the oldest messages of a conversation, over HTTP.
import { Hono } from 'hono'
import {
  ConversationSummaryText,
  type ConversationSummaryTexts as Texts,
  ConversationSummaryTexts,
  SummaryPreview,
  UpdateSummary,
} from '#shared/summaries.ts'
import { CHANGE, json, operation } from '../http/operation.ts'
import { body } from '../http/request.ts'
import type { Summaries } from './make-summary.ts'

export function summaryRoutes(summaries: Summaries): Hono {
  const app = new Hono()
  const path = '/api/conversations/:id/summaries'

  app.get(
    path,
    operation({
      operationId: 'listSummaries',
      summary: 'The summaries that are sent in place of the oldest messages of the selected branch',
      responses: { 200: json(ConversationSummaryTexts) },
      problems: ['conversation_not_found'],
    }),
    async (c) => {
      const items = await summaries.list(c.req.param('id'))
      return c.json({ items, nextCursor: null } satisfies Texts)
    },
  )

  app.get(
    '/api/conversations/:id/summaries/preview',
    operation({
      operationId: 'previewSummary',
      summary: 'What a summary of the older messages would replace, cost and save',
      responses: { 200: json(SummaryPreview) },
      problems: [
        'conversation_not_found',
        'provider_not_found',
        'model_not_found',
        'model_not_set',
        'nothing_to_summarize',
      ],
    }),
    async (c) => c.json(await summaries.preview(c.req.param('id'))),
  )

  app.post(
    path,
    operation({
      operationId: 'createSummary',
      summary: 'Summarize the older messages; the model is sent the summary in their place',
      description:
        'The messages stay. The call is in the ledger with the purpose `summary` and held by the budgets. It goes on when the connection of the caller breaks.',
      responses: { 201: json(ConversationSummaryText, 'Made') },
      problems: [
        ...CHANGE,
        'conversation_not_found',
        'provider_not_found',
        'model_not_found',
        'model_not_set',
        'run_active',
        'summary_active',
        'nothing_to_summarize',
        'over_budget',
        'model_failed',
      ],
    }),
    async (c) => c.json(await summaries.make(c.req.param('id')), 201),
  )

  app.patch(
    '/api/conversations/:id/summaries/:summaryId',
    operation({
      operationId: 'updateSummary',
      summary: 'Change the text of a summary',
      responses: { 200: json(ConversationSummaryText) },
      problems: [...CHANGE, 'conversation_not_found', 'summary_not_found', 'run_active'],
    }),
    body(UpdateSummary),
    async (c) => {
      const { id, summaryId } = c.req.param()
      return c.json(await summaries.edit(id, summaryId, c.req.valid('json').text))
    },
  )

  app.delete(
    '/api/conversations/:id/summaries/:summaryId',
    operation({
      operationId: 'undoSummary',
      summary: 'Undo a summary: the model is sent the messages again',
      responses: { 204: { description: 'Undone' } },
      problems: [...CHANGE, 'conversation_not_found', 'summary_not_found', 'run_active'],
    }),
    async (c) => {
      const { id, summaryId } = c.req.param()
      await summaries.undo(id, summaryId)
      return c.body(null, 204)
    },
  )
  return app
}
