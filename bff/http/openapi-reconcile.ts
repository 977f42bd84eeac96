// The routes of reconciling, as the OpenAPI document tells them.
import { paths } from '#shared/api.ts'
import { change, ok, type Operation } from './openapi-parts.ts'

export const reconcileOperations: Operation[] = [
  {
    method: 'post',
    path: paths.reconcile,
    operationId: 'reconcileRows',
    summary: 'The ledger next to what a provider billed, per UTC day and model',
    description:
      'The rows are what the provider says: the page adds them up from a file. Models are found by their names without maker, version and variant.',
    body: 'Reconcile',
    answers: [ok('Reconciliation')],
    problems: change,
  },
  {
    method: 'post',
    path: paths.reconcileOpenAi,
    operationId: 'reconcileOpenAi',
    summary: 'The ledger next to the costs and usage of an OpenAI organisation',
    description: 'The admin key is used for this one answer and kept nowhere.',
    body: 'ReconcileOpenAi',
    answers: [ok('Reconciliation')],
    problems: [...change, 'openai_refused', 'openai_unreachable'],
  },
]
