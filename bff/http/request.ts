// Checks what comes in with the schemas that the OpenAPI document shows, so that a handler can trust
// the types of `c.req.valid(…)`.
import type { Context, Env, MiddlewareHandler } from 'hono'
import { describeRoute, resolver, uniqueSymbol } from 'hono-openapi'
import * as z from 'zod/mini'
import { firstIssue } from '#shared/first-issue.ts'
import { MAX_BODY_BYTES, tooLarge } from './gate.ts'
import { Problem } from './problem.ts'
import { t } from '#shared/translate.ts'

/** Checks the query; each of its fields is described. */
export function query<Path extends string, T extends z.ZodMiniObject>(
  schema: T,
  descriptions: Record<keyof z.input<T> & string, string>,
): MiddlewareHandler<Env, Path, { in: { query: z.input<T> }; out: { query: z.output<T> } }> {
  const check: MiddlewareHandler = async (c, next) => {
    c.req.addValidatedData('query', parse(c.req.query(), schema))
    await next()
  }
  const shown = resolver(schema)
  const toOpenAPISchema = async () => {
    const { schema, components } = await shown.toOpenAPISchema()
    for (const [name, description] of Object.entries<string>(descriptions)) {
      Object.assign(schema.properties?.[name] ?? {}, { description })
    }
    return { schema, components }
  }
  return Object.assign(check, { [uniqueSymbol]: { ...shown, target: 'query', toOpenAPISchema } })
}

/** Checks the JSON body, which may be left out where the schema takes undefined. */
export function body<Path extends string, T extends z.ZodMiniType<object>>(
  schema: T,
): MiddlewareHandler<Env, Path, { in: { json: z.input<T> }; out: { json: z.output<T> } }> {
  const required = !z.safeParse(schema, undefined).success
  const check: MiddlewareHandler = async (c, next) => {
    const text = await readText(c)
    if (text === '' && required) throw new Problem('bad_request', t`Send a JSON body.`)
    c.req.addValidatedData('json', parse(text === '' ? undefined : parseJson(text), schema))
    await next()
  }
  const content = { 'application/json': { schema: resolver(schema) } }
  return Object.assign(check, describeRoute({ requestBody: { required, content } }))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem('bad_request', t`The body is not valid JSON.`)
  }
}

/** The gate has refused a body that says it is too long; one that does not say is counted here. */
async function readText({ req }: Context): Promise<string> {
  if (req.header('content-length') !== undefined) return req.text()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of req.raw.body ?? []) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function parse(value: unknown, schema: z.ZodMiniType<object>): object {
  const result = z.safeParse(schema, value)
  if (result.success) return result.data
  throw new Problem('bad_request', firstIssue(result.error))
}
