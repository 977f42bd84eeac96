// The OpenAPI document: what each route of `operations` takes and answers, with the schemas of
// shared/ as its components. A test holds it against the routes that are mounted.
import * as z from 'zod/mini'
import * as api from '#shared/api.ts'
import * as billed from '#shared/billed.ts'
import * as budgets from '#shared/budgets.ts'
import * as checks from '#shared/checks.ts'
import * as cache from '#shared/call-cache.ts'
import * as context from '#shared/context.ts'
import * as estimate from '#shared/estimate.ts'
import * as ledger from '#shared/ledger.ts'
import * as message from '#shared/message.ts'
import * as prices from '#shared/prices.ts'
import * as providerSettings from '#shared/provider-settings.ts'
import * as reconcile from '#shared/reconcile.ts'
import * as runEvent from '#shared/run-event.ts'
import * as usage from '#shared/usage.ts'
import * as whatIf from '#shared/what-if.ts'
import * as stopRun from '#shared/stop-run.ts'
import * as toolUses from '#shared/tool-uses.ts'
import { operations } from './openapi-operations.ts'
import type { Operation, Parameter } from './openapi-parts.ts'
import { Problem } from './problem.ts'

type Json = Record<string, unknown>

export function openApiDocument(version: string): Json {
  const paths = pathsOf(operations)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tally',
      version,
      license: { name: 'MIT', identifier: 'MIT' },
      description:
        'Times are ISO 8601 UTC, ids are UUIDv7, money is a whole number of nano-dollars (1 USD = 1e9) or null when it is not known. Every refusal is `application/problem+json`.',
    },
    servers: [{ url: '/', description: 'The Tally that serves this document' }],
    // There is no sign-in: Tally listens on this computer only, and its gate refuses other sites.
    security: [],
    paths,
    components: { schemas: usedSchemas(paths) },
  }
}

function pathsOf(all: Operation[]): Json {
  const paths: Record<string, Json> = {}
  for (const operation of all) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) }
  }
  return paths
}

function describe(operation: Operation): Json {
  const { body, description, noBody = false, operationId, problems, summary } = operation
  const fromPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  return {
    operationId,
    summary,
    ...(description === undefined ? {} : { description }),
    parameters: [...fromPath, ...(operation.parameters ?? []).map(describeParameter)],
    ...(body === undefined ? {} : { requestBody: { required: !noBody, content: json(body) } }),
    responses: { ...answersOf(operation), ...refusalsOf([...GATE_PROBLEMS, ...problems]) },
  }
}

const describeParameter = ({ in: place = 'query', ...rest }: Parameter): Json => ({
  in: place,
  ...rest,
})

function answersOf({ answers }: Operation): Json {
  return Object.fromEntries(
    answers.map(({ status, description, content }) => [
      status,
      { description, ...(content === undefined ? {} : { content: contentOf(content) }) },
    ]),
  )
}

/** `schema` is the name of a component, or a schema of its own. */
function contentOf(content: Record<string, string | object>): Json {
  return Object.fromEntries(
    Object.entries(content).map(([type, schema]) => [
      type,
      { schema: typeof schema === 'string' ? reference(schema) : schema },
    ]),
  )
}

/** What the request gate refuses, whatever the route. */
const GATE_PROBLEMS: Operation['problems'] = ['forbidden_origin', 'misdirected_host']

/** Codes that share a status share an answer. */
function refusalsOf(codes: Operation['problems']): Json {
  const byStatus = Map.groupBy(
    [...new Set(codes)].map((code) => new Problem(code).toBody()),
    ({ status }) => String(status),
  )
  return Object.fromEntries(
    [...byStatus].map(([status, bodies]) => [
      status,
      {
        description: bodies.map(({ code, title }) => `\`${code}\`: ${title}`).join('; '),
        content: { 'application/problem+json': { schema: reference('Problem') } },
      },
    ]),
  )
}

const json = (schema: string): Json => ({ 'application/json': { schema: reference(schema) } })

const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })

/** The schemas that the paths lead to; the others are parts of the page. */
function usedSchemas(paths: Json): Json {
  const all = componentSchemas()
  const used = new Set<string>()
  const open = [JSON.stringify(paths)]
  for (let text = open.pop(); text !== undefined; text = open.pop()) {
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (used.has(name)) continue
      used.add(name)
      open.push(JSON.stringify(all[name]))
    }
  }
  return Object.fromEntries(Object.entries(all).filter(([name]) => used.has(name)))
}

/** Every schema that shared/ exports, under the name it has there. */
function componentSchemas(): Json {
  const registry = z.registry<{ id: string }>()
  for (const [id, value] of Object.entries({
    ...billed,
    ...budgets,
    ...checks,
    ...cache,
    ...estimate,
    ...context,
    ...ledger,
    ...message,
    ...runEvent,
    ...toolUses,
    ...api,
    ...prices,
    ...usage,
    ...reconcile,
    ...whatIf,
    ...providerSettings,
    ...stopRun,
  })) {
    if (value instanceof z.core.$ZodType) registry.add(value, { id })
  }
  const { schemas } = z.toJSONSchema(registry, {
    io: 'input',
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => simplify(jsonSchema),
  })
  for (const schema of Object.values(schemas)) {
    delete schema.$schema
    delete schema.$id
  }
  return schemas
}

/** Leaves out what says nothing to a reader: the limits of integers, the pattern of a date. */
function simplify(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
  if (schema.format === 'date-time') delete schema.pattern
}
