// The document as a running Tally serves it, against the routes that are mounted.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { readConfig } from '../config/config.ts'
import { createLog } from '../log/log.ts'
import { openTally } from '../compose.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const markdownIn = (...folder: string[]) =>
  readdirSync(join(ROOT, ...folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => readFileSync(join(ROOT, ...folder, name), 'utf8'))
const documentation = [
  ...markdownIn('.'),
  ...markdownIn('docs'),
  ...markdownIn('bff', 'documentation', 'pages'),
].join('\n')

const Operation = z.looseObject({
  operationId: z.string(),
  responses: z.record(z.string(), z.looseObject({ description: z.string() })),
})
const Document = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), Operation)) })

const folder = mkdtempSync(join(tmpdir(), 'tally-openapi-'))
const config = readConfig({ DATA_DIR: folder, TALLY_DISCOVER: '0' }, folder)
const { app, end, close } = await openTally(config, '1.2.3', createLog({ write: () => {} }))
const source = await (await app.request('/api/openapi.json')).text()
const document = Document.parse(JSON.parse(source))
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method, path, ...operation })),
)

afterAll(async () => {
  await end()
  await close()
  rmSync(folder, { recursive: true, force: true })
})

test('every route that is mounted is described, and no other', () => {
  const mounted = app.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
  const described = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`)

  expect(described.toSorted()).toEqual([...new Set(mounted)].toSorted())
})

test('every operation has an id and a refusal of its own', () => {
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
  for (const { operationId, responses } of operations) {
    expect(responses['403']?.description, operationId).toContain('forbidden_origin')
  }
})

test('what changes something can be refused by the gate and the database', () => {
  for (const { operationId, responses } of operations.filter(({ method }) => method !== 'get')) {
    const refusals = ['400', '413', '415', '503'].map((status) => responses[status]?.description)
    expect(refusals, operationId).toEqual([
      expect.stringContaining('bad_request'),
      expect.stringContaining('body_too_large'),
      expect.stringContaining('unsupported_media_type'),
      expect.stringContaining('unavailable'),
    ])
  }
})

test('every schema that is named is there', () => {
  for (const [, name = ''] of source.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    expect(document).toHaveProperty(['components', 'schemas', name])
  }
  expect(document).toHaveProperty(['components', 'schemas', 'RunEvent', 'oneOf', 'length'], 19)
})

test('what a run can say is described down to its fields', () => {
  expect(document).toHaveProperty(
    ['components', 'schemas', 'TokenEvent'],
    expect.objectContaining({
      properties: {
        at: { type: 'string', format: 'date-time' },
        parentCallId: { type: 'string' },
        type: { type: 'string', const: 'token' },
        delta: { type: 'string' },
      },
      required: ['at', 'type', 'delta'],
    }),
  )
})

test('the fields of a query are parameters, with the limits that they are checked with', () => {
  expect(document).toHaveProperty(
    ['paths', '/api/conversations/{id}/context', 'get', 'parameters'],
    expect.arrayContaining([
      {
        in: 'query',
        name: 'parts',
        description: 'How many parts at most; the smallest become one',
        schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
      },
    ]),
  )
})

test('a body with a default may be left out', () => {
  const required = (path: string) => ['paths', path, 'post', 'requestBody', 'required']

  expect(document).toHaveProperty(required('/api/runs/{id}/stop'), false)
  expect(document).toHaveProperty(required('/api/runs/{id}/decisions'), true)
})

test('the document passes the recommended rules of Redocly without a warning', async () => {
  const config = await createConfig({ extends: ['recommended'] })
  const found = await lintFromString({ source, absoluteRef: 'openapi.json', config })

  expect(
    found.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]),
  ).toEqual([])
})

test('a submit answers with events or with a run, as two types', () => {
  expect(document).toHaveProperty(
    ['paths', '/api/conversations/{id}/runs', 'post', 'responses'],
    expect.objectContaining({
      '200': expect.objectContaining({
        content: { 'text/event-stream': { schema: expect.objectContaining({ type: 'string' }) } },
      }),
      '202': expect.objectContaining({
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Run' } } },
      }),
    }),
  )
})

function isDescribed(address: string, method?: string): boolean {
  return operations.some((operation) => {
    const pattern = operation.path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')
    return (
      new RegExp(`^${pattern}$`).test(address) &&
      (method ?? operation.method).toLowerCase() === operation.method
    )
  })
}

test('every route that the documentation names is described', () => {
  const named = [
    ...documentation.matchAll(/(?:\b([A-Z]{3,6}) )?(?<!web|\.ai)(\/api\/[\w./{}-]*[\w}])/g),
  ]
  expect(named.length).toBeGreaterThan(25)
  const unknown = named.filter(([, method, address = '']) => !isDescribed(address, method))
  expect(unknown.map(([all]) => all)).toEqual([])
})

test('every address that the page asks is described', () => {
  const sources = readdirSync(join(ROOT, 'web'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.test)\.tsx?$/.test(name))
    .map((name) => readFileSync(join(ROOT, 'web', name), 'utf8').replaceAll(/\$\{[^}]*\}/g, 'x'))
  const asked = sources.flatMap((source) =>
    [...source.matchAll(/['"`](\/api\/[^'"`?]+)/g)].map(([, address = '']) => address),
  )
  expect(asked.length).toBeGreaterThan(40)
  expect(asked.filter((address) => !isDescribed(address))).toEqual([])
})
