// The routes of the API in a table: what each takes, answers and refuses.
import { paths } from '#shared/api.ts'
import { contextOperations } from './openapi-context.ts'
import { change, header, ok, type Operation, page, query } from './openapi-parts.ts'
import { checkOperations } from './openapi-checks.ts'
import { priceOperations } from './openapi-prices.ts'
import { providerOperations } from './openapi-providers.ts'
import { reconcileOperations } from './openapi-reconcile.ts'
import { runOperations } from './openapi-runs.ts'
import { usageOperations } from './openapi-usage.ts'

export const operations: Operation[] = [
  {
    method: 'get',
    path: paths.health,
    operationId: 'getHealth',
    summary: 'Whether Tally can store things, and its version',
    answers: [ok('Health'), ok('Health', 503, 'The database cannot be written, or is damaged')],
    problems: [],
  },
  {
    method: 'get',
    path: paths.openapi,
    operationId: 'getOpenApiDocument',
    summary: 'This document',
    answers: [
      {
        status: 200,
        description: 'An OpenAPI 3.1 document',
        content: {
          'application/json': {
            type: 'object',
            required: ['openapi', 'info', 'paths'],
            properties: {
              openapi: { type: 'string' },
              info: { type: 'object' },
              paths: { type: 'object' },
            },
          },
        },
      },
    ],
    problems: [],
  },
  {
    method: 'get',
    path: paths.models,
    operationId: 'listModels',
    summary: 'Providers and their models, with context window and price',
    answers: [ok('ModelList')],
    problems: [],
  },
  ...providerOperations,
  {
    method: 'get',
    path: paths.agents,
    operationId: 'listAgents',
    summary: 'Agents and their tools',
    answers: [ok('AgentList')],
    problems: [],
  },
  {
    method: 'get',
    path: paths.conversations,
    operationId: 'listConversations',
    summary: 'Conversations, newest first',
    parameters: page,
    answers: [ok('ConversationPage')],
    problems: ['bad_request', 'invalid_cursor'],
  },
  {
    method: 'post',
    path: paths.conversations,
    operationId: 'createConversation',
    summary: 'Start a conversation',
    description:
      'The same `Idempotency-Key` with the same body makes one conversation, however often it is sent.',
    parameters: [header('Idempotency-Key', 'Made once per conversation')],
    body: 'CreateConversation',
    noBody: true,
    answers: [ok('Conversation', 201, 'Made')],
    problems: [
      ...change,
      'agent_not_found',
      'provider_not_found',
      'model_not_found',
      'model_not_set',
      'idempotency_conflict',
    ],
  },
  {
    method: 'get',
    path: paths.conversation('{id}'),
    operationId: 'getConversation',
    summary: 'A conversation with the newest messages of its selected branch',
    parameters: [query('before', '`previousCursor` of the page after')],
    answers: [ok('Conversation')],
    problems: ['conversation_not_found', 'invalid_cursor'],
  },
  {
    method: 'patch',
    path: paths.conversation('{id}'),
    operationId: 'updateConversation',
    summary: 'Rename, change settings, or select a branch',
    body: 'UpdateConversation',
    answers: [ok('Conversation')],
    problems: [
      ...change,
      'agent_not_found',
      'provider_not_found',
      'model_not_found',
      'model_not_set',
      'conversation_not_found',
      'message_not_found',
    ],
  },
  {
    method: 'delete',
    path: paths.conversation('{id}'),
    operationId: 'deleteConversation',
    summary: 'Delete a conversation; its ledger rows stay',
    answers: [{ status: 204, description: 'Gone' }],
    problems: [...change, 'conversation_not_found'],
  },
  {
    method: 'post',
    path: paths.restoreConversation('{id}'),
    operationId: 'restoreConversation',
    summary: 'Undo a deletion',
    answers: [ok('Conversation')],
    problems: [...change, 'conversation_not_found'],
  },
  ...contextOperations,
  ...runOperations,
  {
    method: 'get',
    path: paths.budgets,
    operationId: 'listBudgets',
    summary: 'What may be spent per run, conversation, UTC day and UTC month, and what is spent',
    answers: [ok('BudgetList')],
    problems: [],
  },
  {
    method: 'put',
    path: paths.budgets,
    operationId: 'updateBudgets',
    summary: 'Set the limits of the scopes that are named',
    body: 'UpdateBudgets',
    answers: [ok('BudgetList')],
    problems: change,
  },
  ...usageOperations,
  ...reconcileOperations,
  ...checkOperations,
  ...priceOperations,
]
