// The OpenAPI document, made from the contracts of the routes that are mounted. It is made once, when it
// is first asked for, a schema at a time.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { Hono } from 'hono'
import { loadVendor, openAPIRouteHandler } from 'hono-openapi'
import * as z from 'zod/mini'

const DESCRIPTION =
  'Times are ISO 8601 UTC, ids are UUIDv7, money is a whole number of nano-dollars (1 USD = 1e9) or null when it is not known. Every refusal is `application/problem+json`.'

export function openApiHandler(app: Hono, version: string) {
  return openAPIRouteHandler(app, {
    excludeStaticFile: false,
    defaultValidationErrorResponse: false,
    documentation: {
      info: {
        title: 'Tally',
        version,
        license: { name: 'MIT', identifier: 'MIT' },
        description: DESCRIPTION,
      },
      servers: [{ url: '/', description: 'The Tally that serves this document' }],
      // There is no sign-in: Tally listens on this computer only, and its gate refuses other sites.
      security: [],
    },
  })
}

// The library's own conversion drops what stands beside a reference, such as a default.
loadVendor('zod', {
  toOpenAPISchema: async (schema, { components }) => {
    if (!(schema instanceof z.core.$ZodType)) throw new TypeError('not a schema of zod')
    await setImmediate()
    const { $defs, ...shown } = await toJsonSchema(schema)
    components.schemas = { ...components.schemas, ...$defs }
    return shown
  },
})

interface Shown {
  $defs?: Record<string, object>
}

async function toJsonSchema(schema: z.core.$ZodType): Promise<Shown> {
  const metadata = await (names ??= nameSchemas())
  const { $schema: _, ...shown } = z.toJSONSchema(schema, {
    io: 'input',
    metadata,
    override: ({ jsonSchema }) => simplify(jsonSchema),
  })
  return JSON.parse(JSON.stringify(shown).replaceAll('"#/$defs/', '"#/components/schemas/'))
}

let names: ReturnType<typeof nameSchemas> | undefined
const SHARED = join(import.meta.dirname, '../../shared')

/** A schema that shared/ exports has the same name in the document. */
async function nameSchemas() {
  const registry = z.registry<{ id: string }>()
  for (const file of await readdir(SHARED)) {
    if (file.endsWith('.test.ts')) continue
    const exported: Record<string, unknown> = await import(pathToFileURL(join(SHARED, file)).href)
    for (const [id, value] of Object.entries(exported)) {
      if (value instanceof z.core.$ZodType) registry.add(value, { id })
    }
  }
  return registry
}

/** Leaves out what says nothing to a reader: the limits of integers, the pattern of a date. */
function simplify(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
  if (schema.format === 'date-time') delete schema.pattern
}
