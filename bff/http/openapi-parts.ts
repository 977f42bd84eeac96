// What a route of the API is described with. Schemas go by the names that they have in shared/.
import type { ProblemCode } from './problem.ts'

export interface Parameter {
  name: string
  in?: 'query' | 'header'
  description: string
  schema: object
  required?: boolean
}

interface Answer {
  status: number
  description: string
  /** Media type to the name of a schema, or to a schema. */
  content?: Record<string, string | object>
}

export interface Operation {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  path: string
  /** What a generated client calls it. */
  operationId: string
  summary: string
  description?: string
  parameters?: Parameter[]
  /** The name of the schema of the JSON body. */
  body?: string
  /** The body may be left out. */
  noBody?: true
  answers: Answer[]
  problems: ProblemCode[]
}

export const ok = (schema: string, status = 200, description = 'Done'): Answer => ({
  status,
  description,
  content: { 'application/json': schema },
})

export const events: Answer = {
  status: 200,
  description:
    'The events, one frame each: `event` is the type, `id` the seq, `data` the rest of the RunEvent as JSON. A comment every 15 seconds; `reconnect` without an id asks to come back later.',
  content: {
    'text/event-stream': {
      type: 'string',
      contentMediaType: 'text/event-stream',
      contentSchema: { $ref: '#/components/schemas/RunEvent' },
    },
  },
}

export const query = (name: string, description: string, schema: object = { type: 'string' }) => ({
  name,
  description,
  schema,
})

export const header = (name: string, description: string): Parameter => ({
  ...query(name, description),
  in: 'header',
})

export const page = [
  query('cursor', '`nextCursor` of the page before'),
  query('limit', 'How many at most', { type: 'integer', minimum: 1, maximum: 100 }),
]

export const change: ProblemCode[] = [
  'bad_request',
  'forbidden_origin',
  'body_too_large',
  'unsupported_media_type',
  'unavailable',
]

export const period = [
  query('from', 'From this time on', { type: 'string', format: 'date-time' }),
  query('to', 'Before this time', { type: 'string', format: 'date-time' }),
]

/** What usage can be narrowed to. */
export const usageFilter = [
  query('conversation', 'Only this conversation; empty: only calls that belong to none'),
  query('model', 'Only this model, as it was returned, or else requested'),
  query('provider', 'Only this provider'),
  query('agent', 'Only this agent; empty: only calls without one'),
  query('purpose', 'Only calls for this'),
]
