// The routes about what a conversation carries and what it has cost.
import { paths } from '#shared/api.ts'
import { change, ok, type Operation, query } from './openapi-parts.ts'

export const contextOperations: Operation[] = [
  {
    method: 'get',
    path: paths.context('{id}'),
    operationId: 'getContext',
    summary: 'What the next request carries, part by part, and the window of its model',
    description:
      'The tokens are those of the last request as its provider counted them, and an estimate of what came since; the shares of the parts are always estimates.',
    parameters: [
      query('parts', 'How many parts at most; the smallest become one', {
        type: 'integer',
        minimum: 1,
        maximum: 1000,
        default: 100,
      }),
    ],
    answers: [ok('ConversationContext')],
    problems: ['bad_request', 'conversation_not_found'],
  },
  {
    method: 'patch',
    path: paths.context('{id}'),
    operationId: 'updateContext',
    summary: 'Drop the result of a tool from what the model gets, or put it back',
    description:
      'The card stays. While it is dropped the model gets a short sentence in place of the result. Refused while an answer is being written.',
    body: 'UpdateContext',
    answers: [ok('ToolUse')],
    problems: [...change, 'conversation_not_found', 'message_not_found', 'run_active'],
  },
  {
    method: 'get',
    path: paths.toolUses('{id}'),
    operationId: 'listToolUses',
    summary:
      'The tools used for one answer: how long, how many tokens, what carrying them has cost',
    parameters: [{ ...query('messageId', 'The answer'), required: true }],
    answers: [ok('ToolUseList')],
    problems: ['bad_request', 'conversation_not_found'],
  },
  {
    method: 'post',
    path: paths.estimateNext('{id}'),
    operationId: 'estimateNextRequest',
    summary: 'What the next request would carry and cost with this text; nothing is sent or stored',
    description:
      'From the input alone, as if nothing were cached, to the longest output that will be allowed. With `exact` the provider is asked to count where it can (`canCount`), which leaves a row with purpose `count` and no cost in the ledger; when it does not answer, the estimate stands.',
    body: 'EstimateRequest',
    answers: [ok('RequestEstimate')],
    problems: [
      ...change,
      'conversation_not_found',
      'provider_not_found',
      'model_not_found',
      'model_not_set',
    ],
  },
  {
    method: 'post',
    path: paths.estimate,
    operationId: 'estimateFirstRequest',
    summary: 'The same for the first request of a conversation that there is not yet',
    body: 'EstimateFirstRequest',
    answers: [ok('RequestEstimate')],
    problems: [
      ...change,
      'agent_not_found',
      'provider_not_found',
      'model_not_found',
      'model_not_set',
    ],
  },
  {
    method: 'get',
    path: paths.billed('{id}'),
    operationId: 'getConversationCost',
    summary: 'What a conversation has cost: this branch, others, deleted answers, and the rest',
    answers: [ok('ConversationBilled')],
    problems: ['conversation_not_found'],
  },
]
