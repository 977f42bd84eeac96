// Parses what comes in at the HTTP edge, so that everything behind it can trust its types.
import type { Context } from 'hono'
import * as z from 'zod/mini'
import { firstIssue } from '#shared/first-issue.ts'
import { MAX_BODY_BYTES, tooLarge } from './gate.ts'
import { Problem } from './problem.ts'

/** The JSON body as `schema` says, or a `bad_request` that names the field. */
export async function parseBody<T extends z.ZodMiniType>(
  c: Context,
  schema: T,
): Promise<z.infer<T>> {
  const text = await readText(c)
  if (text === '') throw new Problem('bad_request', 'Send a JSON body.')
  return parse(parseJson(text), schema)
}

/** The same for a request whose body may be left out. */
export async function parseOptionalBody<T extends z.ZodMiniType>(
  c: Context,
  schema: T,
): Promise<z.infer<T>> {
  const text = await readText(c)
  return parse(text === '' ? {} : parseJson(text), schema)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem('bad_request', 'The body is not valid JSON.')
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

export function parseQuery<T extends z.ZodMiniType>(c: Context, schema: T): z.infer<T> {
  return parse(c.req.query(), schema)
}

function parse<T extends z.ZodMiniType>(value: unknown, schema: T): z.infer<T> {
  const result = z.safeParse(schema, value)
  if (result.success) return result.data
  throw new Problem('bad_request', firstIssue(result.error))
}
