// Parses what comes in at the HTTP edge, so that everything behind it can trust its types.
import type { Context } from 'hono'
import * as z from 'zod/mini'
import { firstIssue } from './first-issue.ts'
import { Problem } from './problem.ts'

/** The JSON body as `schema` says, or a `bad_request` that names the field. */
export async function parseBody<T extends z.ZodMiniType>(
  c: Context,
  schema: T,
): Promise<z.infer<T>> {
  let body: unknown
  try {
    body = await c.req.json()
  } catch {
    throw new Problem('bad_request', 'The body is not valid JSON.')
  }
  return parse(body, schema)
}

export function parseQuery<T extends z.ZodMiniType>(c: Context, schema: T): z.infer<T> {
  return parse(c.req.query(), schema)
}

function parse<T extends z.ZodMiniType>(value: unknown, schema: T): z.infer<T> {
  const result = z.safeParse(schema, value)
  if (result.success) return result.data
  throw new Problem('bad_request', firstIssue(result.error))
}
