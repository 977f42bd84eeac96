import { createConfig, lintFromString } from '@redocly/openapi-core'
import { expect, onTestFinished, test } from 'vitest'
import { paths } from '#shared/api.ts'
import { readConfig } from '../config/config.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { createLog } from '../log/log.ts'
import { openApiDocument } from './openapi.ts'
import { operations } from './openapi-operations.ts'
import { openTally } from '../compose.ts'

async function mountedRoutes(): Promise<string[]> {
  const folder = temporaryFolder()
  const config = readConfig({ DATA_DIR: folder, TALLY_DISCOVER: '0' }, folder)
  const { app, end, close } = await openTally(config, '1.2.3', createLog({ write: () => {} }))
  onTestFinished(async () => {
    await end()
    await close()
  })
  return app.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
}

test('every route that is mounted is described, and no other', async () => {
  const described = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`)

  expect(described.toSorted()).toEqual((await mountedRoutes()).toSorted())
})

test('every schema that is named is there', () => {
  const document = openApiDocument('1.2.3')
  const text = JSON.stringify(document)

  for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    expect(document).toHaveProperty(['components', 'schemas', name])
  }
  expect(document).toHaveProperty(['components', 'schemas', 'RunEvent', 'oneOf', 'length'], 15)
})

test('what a run can say is described down to its fields', () => {
  expect(openApiDocument('1.2.3')).toHaveProperty(
    ['components', 'schemas', 'TokenEvent'],
    expect.objectContaining({
      properties: {
        at: { type: 'string', format: 'date-time' },
        type: { type: 'string', const: 'token' },
        delta: { type: 'string' },
      },
      required: ['at', 'type', 'delta'],
    }),
  )
})

test('the document passes the recommended rules of Redocly without a warning', async () => {
  const config = await createConfig({ extends: ['recommended'] })
  const source = JSON.stringify(openApiDocument('1.2.3'))
  const found = await lintFromString({ source, absoluteRef: 'openapi.json', config })

  expect(
    found.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]),
  ).toEqual([])
})

test('a submit answers with events or with a run, as two types', () => {
  expect(openApiDocument('1.2.3')).toHaveProperty(
    ['paths', paths.runs('{id}'), 'post', 'responses'],
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

test('every operation has an id of its own', () => {
  const ids = operations.map(({ operationId }) => operationId)
  expect(new Set(ids).size).toBe(ids.length)
})
