// The routes of the API in a table: what each takes, answers and refuses. Schemas go by the names
// that they have in shared/.
import { paths } from '#shared/api.ts'
import type { ProblemCode } from './problem.ts'

export interface Parameter {
  name: string
  in?: 'query' | 'header'
  description: string
  schema: object
}

interface Answer {
  status: number
  description: string
  /** Media type to the name of a schema; null is plain text. */
  content?: Record<string, string | null>
}

export interface Operation {
  method: 'get' | 'post' | 'patch' | 'delete'
  path: string
  summary: string
  description?: string
  parameters?: Parameter[]
  /** The name of the schema of the JSON body. */
  body?: string
  answers: Answer[]
  problems: ProblemCode[]
}

const ok = (schema: string, status = 200, description = 'Done'): Answer => ({
  status,
  description,
  content: { 'application/json': schema },
})

const events: Answer = {
  status: 200,
  description:
    'The events, one frame each: `event` is the type, `id` the seq, `data` the rest of the RunEvent as JSON. A comment every 15 seconds; `reconnect` without an id asks to come back later.',
  content: { 'text/event-stream': 'RunEvent' },
}

const query = (name: string, description: string, schema: object = { type: 'string' }) => ({
  name,
  description,
  schema,
})

const header = (name: string, description: string): Parameter => ({
  ...query(name, description),
  in: 'header',
})

const page = [
  query('cursor', '`nextCursor` of the page before'),
  query('limit', 'How many at most', { type: 'integer', minimum: 1, maximum: 100 }),
]

const change: ProblemCode[] = [
  'bad_request',
  'forbidden_origin',
  'body_too_large',
  'unsupported_media_type',
  'unavailable',
]

const period = [
  query('from', 'From this time on', { type: 'string', format: 'date-time' }),
  query('to', 'Before this time', { type: 'string', format: 'date-time' }),
]

export const operations: Operation[] = [
  {
    method: 'get',
    path: paths.health,
    summary: 'Whether Tally can store things, and its version',
    answers: [ok('Health'), ok('Health', 503, 'The database cannot be written')],
    problems: [],
  },
  {
    method: 'get',
    path: paths.openapi,
    summary: 'This document',
    answers: [{ status: 200, description: 'Done', content: { 'application/json': null } }],
    problems: [],
  },
  {
    method: 'get',
    path: paths.models,
    summary: 'Providers and their models, with context window and price',
    answers: [ok('ModelList')],
    problems: [],
  },
  {
    method: 'get',
    path: paths.providers,
    summary: 'Where requests go, what each endpoint can do, and where its key comes from',
    answers: [ok('ProviderList')],
    problems: [],
  },
  {
    method: 'get',
    path: paths.agents,
    summary: 'Agents and their tools',
    answers: [ok('AgentList')],
    problems: [],
  },
  {
    method: 'get',
    path: paths.conversations,
    summary: 'Conversations, newest first',
    parameters: page,
    answers: [ok('ConversationPage')],
    problems: ['bad_request', 'invalid_cursor'],
  },
  {
    method: 'post',
    path: paths.conversations,
    summary: 'Start a conversation',
    body: 'CreateConversation',
    answers: [ok('Conversation', 201, 'Made')],
    problems: [...change, 'agent_not_found', 'provider_not_found', 'model_not_found'],
  },
  {
    method: 'get',
    path: paths.conversation('{id}'),
    summary: 'A conversation with the newest messages of its selected branch',
    parameters: [query('before', '`previousCursor` of the page after')],
    answers: [ok('Conversation')],
    problems: ['conversation_not_found', 'invalid_cursor'],
  },
  {
    method: 'patch',
    path: paths.conversation('{id}'),
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
    summary: 'Delete a conversation; its ledger rows stay',
    answers: [{ status: 204, description: 'Gone' }],
    problems: [...change, 'conversation_not_found'],
  },
  {
    method: 'post',
    path: paths.restoreConversation('{id}'),
    summary: 'Undo a deletion',
    answers: [ok('Conversation')],
    problems: [...change, 'conversation_not_found'],
  },
  {
    method: 'post',
    path: paths.runs('{id}'),
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
    summary: 'A run and how far its log is',
    answers: [ok('Run')],
    problems: ['run_not_found'],
  },
  {
    method: 'get',
    path: paths.events('{id}'),
    summary: 'Follow a run: what comes after a cursor, then what happens',
    parameters: [
      query('after', 'The last seq seen', { type: 'integer', minimum: 0 }),
      header('Last-Event-ID', 'The same, as EventSource sends it'),
    ],
    answers: [events, { status: 204, description: 'The run is over and nothing is left' }],
    problems: ['invalid_cursor', 'run_not_found', 'gone'],
  },
  {
    method: 'post',
    path: paths.stop('{id}'),
    summary: 'Stop a run; stopping one that is over changes nothing',
    answers: [ok('Run')],
    problems: [...change, 'run_not_found'],
  },
  {
    method: 'get',
    path: paths.calls('{id}'),
    summary: 'The receipt: every model call of a run',
    answers: [ok('Receipt')],
    problems: ['run_not_found'],
  },
  {
    method: 'get',
    path: paths.usageSummary,
    summary: 'What everything cost, in groups',
    parameters: [
      query('by', 'What makes a group', { $ref: '#/components/schemas/UsageBy' }),
      ...period,
    ],
    answers: [ok('UsageSummary')],
    problems: ['bad_request'],
  },
  {
    method: 'get',
    path: paths.usageCsv,
    summary: 'The ledger as a table',
    parameters: period,
    answers: [
      { status: 200, description: 'One line per model call', content: { 'text/csv': null } },
    ],
    problems: ['bad_request'],
  },
]
