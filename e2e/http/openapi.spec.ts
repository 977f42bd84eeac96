import * as z from 'zod/mini'
import { expect, test } from '../fixtures.ts'

const Operation = z.looseObject({
  responses: z.record(z.string(), z.looseObject({ description: z.string() })),
})
const Document = z.looseObject({
  openapi: z.string().check(z.regex(/^3\.1\./)),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.optional(z.looseObject({ schemas: z.record(z.string(), z.unknown()) })),
})

const ROUTES = [
  'get /api/health',
  'get /api/models',
  'get /api/providers',
  'get /api/agents',
  'get /api/conversations',
  'post /api/conversations',
  'get /api/conversations/{id}',
  'patch /api/conversations/{id}',
  'delete /api/conversations/{id}',
  'get /api/conversations/{id}/export',
  'post /api/conversations/{id}/runs',
  'get /api/runs/{id}/events',
  'post /api/runs/{id}/stop',
  'get /api/runs/{id}/calls',
  'get /api/usage/summary',
  'get /api/usage/export.csv',
]

test('the document lists every route with its responses', async ({ api }) => {
  const document = Document.parse(await (await api.request('/api/openapi.json')).json())
  const listed = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method} ${path}`),
  )

  expect(listed).toEqual(expect.arrayContaining(ROUTES))
  for (const operations of Object.values(document.paths)) {
    for (const operation of Object.values(operations)) {
      expect(Object.keys(operation.responses).length).toBeGreaterThan(0)
    }
  }
})

test('every reference in the document resolves', async ({ api }) => {
  const text = await (await api.request('/api/openapi.json')).text()
  const document: unknown = JSON.parse(text)

  for (const [, pointer = ''] of text.matchAll(/"\$ref":\s*"#\/([^"]+)"/g)) {
    expect(document).toHaveProperty(pointer.split('/').map(unescapePointer))
  }
})

function unescapePointer(token: string): string {
  return decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~')
}
