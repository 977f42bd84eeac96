// The routes of the endpoint check, as the OpenAPI document tells them.
import { paths } from '#shared/api.ts'
import { change, ok, type Operation, query } from './openapi-parts.ts'

export const checkOperations: Operation[] = [
  {
    method: 'get',
    path: paths.providerCheck('{name}'),
    operationId: 'getCheck',
    summary: 'What a check of this endpoint would ask and cost, and what earlier ones found',
    description:
      'While a check is under way, `running` says how far it is, and the card grows with each finding.',
    parameters: [query('model', 'By default the default model of the provider')],
    answers: [ok('EndpointCheck')],
    problems: ['bad_request', 'provider_not_found', 'model_not_found', 'model_not_set'],
  },
  {
    method: 'post',
    path: paths.providerCheck('{name}'),
    operationId: 'startCheck',
    summary: 'Check what this endpoint can do, with a few small requests; answers when it is over',
    description:
      'Each request is in the ledger with the purpose `check` and held by the budgets. The check goes on when the connection of the asker breaks.',
    body: 'StartCheck',
    answers: [ok('EndpointCheck')],
    problems: [...change, 'provider_not_found', 'model_not_found', 'model_not_set', 'check_active'],
  },
  {
    method: 'delete',
    path: paths.providerCheck('{name}'),
    operationId: 'stopCheck',
    summary: 'Stop the check of this endpoint, if one is under way; what was found stays',
    answers: [{ status: 204, description: 'None is under way' }],
    problems: change,
  },
]
