// The contract of a route, in front of its handler: what it does, answers and refuses. The OpenAPI
// document is made from it.
import { describeRoute, resolver } from 'hono-openapi'
import type * as z from 'zod/mini'
import { Problem as ProblemBody } from '#shared/problem.ts'
import { type ProblemCode, PROBLEMS } from './problem.ts'

interface Operation {
  /** The name of the function in a generated client. */
  operationId: string
  summary: string
  description?: string
  /** Parameters without a schema, such as headers. */
  parameters?: Parameter[]
  responses: Record<number, { description: string; content?: Content }>
  problems?: ProblemCode[]
}

interface Parameter {
  in: 'header' | 'query'
  name: string
  description: string
  schema: object
}
type Content = Record<string, { schema: object }>

/** The problems that the request gate answers with, on any route. */
const GATE: ProblemCode[] = ['forbidden_origin', 'misdirected_host']

/** The problems of every request that changes something. */
export const CHANGE: ProblemCode[] = [
  'bad_request',
  'body_too_large',
  'unsupported_media_type',
  'unavailable',
]

/** The problems of a request that names an agent, a provider or a model. */
export const CHOICE: ProblemCode[] = [
  'agent_not_found',
  'provider_not_found',
  'model_not_found',
  'model_not_set',
]

export function operation({ responses, problems = [], ...rest }: Operation) {
  const refused = refusals([...GATE, ...problems])
  return describeRoute({ ...rest, responses: { ...responses, ...refused } })
}

export const header = (name: string, description: string): Parameter => ({
  in: 'header',
  name,
  description,
  schema: { type: 'string' },
})

/** Codes that share a status share a response. */
function refusals(codes: ProblemCode[]): Operation['responses'] {
  const problems = [...new Set(codes)].map((code) => {
    const { status, title } = PROBLEMS[code]
    return { code, status, title: title() }
  })
  return Object.fromEntries(
    [...Map.groupBy(problems, ({ status }) => status)].map(([status, shared]) => [
      status,
      {
        description: shared.map(({ code, title }) => `\`${code}\`: ${title}`).join('; '),
        content: { 'application/problem+json': { schema: resolver(ProblemBody) } },
      },
    ]),
  )
}

export const json = (schema: z.ZodMiniType, description = 'Done') => ({
  description,
  content: { 'application/json': { schema: resolver(schema) } },
})

/** Events of this schema as a stream of frames. */
export function eventStream(schema: z.ZodMiniType, description: string) {
  const shown = resolver(schema)
  const toOpenAPISchema = async () => {
    const { schema: contentSchema, components } = await shown.toOpenAPISchema()
    return {
      schema: { type: 'string', contentMediaType: 'text/event-stream', contentSchema },
      components,
    }
  }
  return {
    description,
    content: { 'text/event-stream': { schema: { ...shown, toOpenAPISchema } } },
  }
}
