import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from './config.ts'
import { temporaryFolder } from './db/temporary.ts'
import { createLog } from './log.ts'
import { openApiDocument } from './openapi.ts'
import { operations } from './openapi-operations.ts'
import { openTally } from './open-tally.ts'

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
  expect(document).toHaveProperty(['components', 'schemas', 'RunEvent', 'oneOf', 'length'], 13)
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
