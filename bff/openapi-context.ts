// The routes about what a conversation carries and what it has cost.
import { paths } from '#shared/api.ts'
import { ok, type Operation, query } from './openapi-parts.ts'

export const contextOperations: Operation[] = [
  {
    method: 'get',
    path: paths.context('{id}'),
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
    method: 'get',
    path: paths.billed('{id}'),
    summary: 'What a conversation has cost: this branch, others, deleted answers, and the rest',
    answers: [ok('ConversationBilled')],
    problems: ['conversation_not_found'],
  },
]
