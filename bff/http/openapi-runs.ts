// The routes of runs and of what they cost, as the OpenAPI document tells them.
import { paths } from '#shared/api.ts'
import { change, events, header, ok, query, type Operation } from './openapi-parts.ts'

export const runOperations: Operation[] = [
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
      'model_not_set',
      'conversation_not_found',
      'message_not_found',
      'run_active',
      'idempotency_conflict',
      'gone',
      'too_many_streams',
      'streams_full',
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
]
