// The routes of the API in a table: what each takes, answers and refuses.
import { paths } from '#shared/api.ts'
import { contextOperations } from './openapi-context.ts'
import { change, events, header, ok, type Operation, page, query } from './openapi-parts.ts'
import { checkOperations } from './openapi-checks.ts'
import { priceOperations } from './openapi-prices.ts'
import { providerOperations } from './openapi-providers.ts'
import { reconcileOperations } from './openapi-reconcile.ts'
import { usageOperations } from './openapi-usage.ts'

export const operations: Operation[] = [
  {
    method: 'get',
    path: paths.health,
    operationId: 'getHealth',
    summary: 'Whether Tally can store things, and its version',
    answers: [ok('Health'), ok('Health', 503, 'The database cannot be written')],
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
    answers: [ok('Conversation', 201, 'Made')],
    problems: [
      ...change,
      'agent_not_found',
      'provider_not_found',
      'model_not_found',
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
  {
    method: 'post',
    path: paths.runs('{id}'),
    operationId: 'startRun',
    summary: 'Say something: start a run',
    description:
      'With `Accept: text/event-stream` the answer is the stream of its events, else the run. The same `Idempotency-Key` with the same body starts one run, however often it is sent.',
    parameters: [header('Idempotency-Key', 'Made once per submit')],
    body: 'StartRun',
    answers: [events, ok('Run', 202, 'The run has started')],
    problems: [
      ...change,
      'agent_not_found',
      'provider_not_found',
      'model_not_found',
      'conversation_not_found',
      'message_not_found',
      'run_active',
      'idempotency_conflict',
    ],
  },
  {
    method: 'get',
    path: paths.run('{id}'),
    operationId: 'getRun',
    summary: 'A run and how far its log is',
    answers: [ok('Run')],
    problems: ['run_not_found'],
  },
  {
    method: 'get',
    path: paths.events('{id}'),
    operationId: 'followRun',
    summary: 'Follow a run: what comes after a cursor, then what happens',
    parameters: [
      query('after', 'The last seq seen', { type: 'integer', minimum: 0 }),
      header('Last-Event-ID', 'The same, as EventSource sends it'),
    ],
    answers: [events, { status: 204, description: 'The run is over and nothing is left' }],
    problems: ['invalid_cursor', 'run_not_found', 'gone', 'too_many_streams', 'streams_full'],
  },
  {
    method: 'get',
    path: paths.severalEvents,
    operationId: 'followRuns',
    summary: 'Follow several runs in one stream',
    description:
      'Before frames of another run than before comes `event: source` with its `runId`, and `event: source_end` when nothing is left of one: it has ended, or it cannot be followed.',
    parameters: [
      query('run', 'A run and the last seq seen of it, as `<id>:<seq>`; once for each run', {
        type: 'array',
        items: { type: 'string' },
      }),
    ],
    answers: [events],
    problems: ['bad_request', 'too_many_streams', 'streams_full'],
  },
  {
    method: 'post',
    path: paths.stop('{id}'),
    operationId: 'stopRun',
    summary: 'Stop a run; stopping one that is over changes nothing',
    description:
      'The run ends at once. `cut`, which is also what no body means, closes the connection to the provider. `finish_counting` keeps reading, unseen, until the usage of the answer under way is reported, for five minutes at most, and corrects its row; a later `cut` ends that.',
    body: 'StopRun',
    noBody: true,
    answers: [ok('Run')],
    problems: [...change, 'run_not_found'],
  },
  {
    method: 'get',
    path: paths.calls('{id}'),
    operationId: 'getReceipt',
    summary: 'The receipt: every model call of a run',
    answers: [ok('Receipt')],
    problems: ['run_not_found'],
  },
  {
    method: 'get',
    path: paths.cache('{id}'),
    operationId: 'getCacheUse',
    summary: 'How much of a conversation was read from the provider’s cache, and why not more',
    description:
      'Of the newest 2,000 answering requests whose provider reports what it read from its cache.',
    answers: [ok('ConversationCache')],
    problems: ['conversation_not_found'],
  },
  {
    method: 'get',
    path: paths.whatIf('{id}'),
    operationId: 'compareModels',
    summary: 'What the requests of a conversation would have cost on other models',
    description:
      'Their real token counts at the prices of their time. Models of configured providers come first, then the lists of common makers. At most the newest 2,000 requests are compared.',
    answers: [ok('WhatIf')],
    problems: ['conversation_not_found'],
  },
  {
    method: 'post',
    path: paths.decisions('{id}'),
    operationId: 'decideWait',
    summary: 'Decide what a waiting run waits for; taken once',
    description:
      'A `waiting` event of kind `budget` names the `waitId` and what is offered. `continue` lets this run spend that much more, or the limits that are sent; `stop` ends it.',
    body: 'DecideRun',
    answers: [ok('Run')],
    problems: [...change, 'run_not_found', 'already_decided'],
  },
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
