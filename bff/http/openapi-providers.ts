// The routes of providers and settings, as the OpenAPI document tells them.
import { paths } from '#shared/api.ts'
import { change, ok, type Operation } from './openapi-parts.ts'

export const providerOperations: Operation[] = [
  {
    method: 'get',
    path: paths.providers,
    operationId: 'listProviders',
    summary: 'Where requests go, what each endpoint can do, and where its key comes from',
    answers: [ok('ProviderList')],
    problems: [],
  },
  {
    method: 'post',
    path: paths.providers,
    operationId: 'addProvider',
    summary: 'Add a provider; the first one takes the place of the demo',
    description:
      'The key is kept apart from everything else and is in no answer. It is sent to the origin of this base URL and nowhere else.',
    body: 'AddProvider',
    answers: [ok('ProviderInfo', 201, 'Added')],
    problems: [...change, 'provider_exists', 'keys_not_kept'],
  },
  {
    method: 'patch',
    path: paths.provider('{name}'),
    operationId: 'updateProvider',
    summary: 'Change a provider that was added; a base URL of another origin drops its key',
    body: 'UpdateProvider',
    answers: [ok('ProviderInfo')],
    problems: [...change, 'not_found', 'provider_fixed', 'keys_not_kept'],
  },
  {
    method: 'delete',
    path: paths.provider('{name}'),
    operationId: 'removeProvider',
    summary: 'Remove a provider that was added, and its key; ledger and conversations stay',
    answers: [{ status: 204, description: 'Gone' }],
    problems: [...change, 'not_found', 'provider_fixed'],
  },
  {
    method: 'put',
    path: paths.providerKey('{name}'),
    operationId: 'storeProviderKey',
    summary:
      'Store the key of a provider that was added; a server that was found becomes one by it',
    body: 'SetKey',
    answers: [ok('ProviderInfo')],
    problems: [...change, 'not_found', 'provider_fixed', 'keys_not_kept'],
  },
  {
    method: 'delete',
    path: paths.providerKey('{name}'),
    operationId: 'removeProviderKey',
    summary: 'Remove the key of a provider that was added',
    answers: [ok('ProviderInfo')],
    problems: [...change, 'not_found', 'provider_fixed'],
  },
  {
    method: 'put',
    path: paths.providerWindow('{name}'),
    operationId: 'setContextWindow',
    summary: 'Say how many tokens a model takes; null leaves it to the server again',
    body: 'SetContextWindow',
    answers: [ok('ProviderInfo')],
    problems: [...change, 'not_found'],
  },
  {
    method: 'get',
    path: paths.providerModels('{name}'),
    operationId: 'refreshProviderModels',
    summary: 'Ask a provider for its models now; `problem` says why it did not tell',
    answers: [ok('ProviderModels')],
    problems: ['not_found'],
  },
  {
    method: 'get',
    path: paths.settings,
    operationId: 'getSettings',
    summary: 'What a new conversation starts with',
    answers: [ok('AppSettings')],
    problems: [],
  },
  {
    method: 'put',
    path: paths.settings,
    operationId: 'updateSettings',
    summary: 'Choose what a new conversation starts with',
    body: 'UpdateSettings',
    answers: [ok('AppSettings')],
    problems: [...change, 'provider_not_found', 'provider_fixed'],
  },
]
