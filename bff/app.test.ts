// The app behind its real HTTP server: what every answer carries, and what becomes of errors.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import { expect, onTestFinished, test } from 'vitest'
import { createApp } from './app.ts'
import { SECURITY_HEADERS } from './http/headers.ts'
import { Problem } from './http/problem.ts'
import { body } from './http/request.ts'
import { serveForTest } from './testing/serve-app.ts'
import { pageRoutes } from './http/static.ts'
import * as z from 'zod/mini'

const routes = new Hono()
  .get('/api/stream', (c) => {
    c.header('Content-Type', 'text/event-stream; charset=utf-8')
    c.header('Cache-Control', 'no-cache, no-transform')
    return c.body(new Blob([': hello\n\n']).stream())
  })
  .get('/api/raw', (c) => {
    const { outgoing } = c.env as HttpBindings
    outgoing.writeHead(200, { 'Content-Type': 'text/event-stream' }).end('data: 1\n\n')
    return RESPONSE_ALREADY_SENT
  })
  .get('/api/broken', () => {
    throw new RangeError('sk-secret in a message')
  })
  .get('/api/refused', () => {
    throw new Problem('run_not_found')
  })
  .post('/api/echo', body(z.object({ text: z.string() })), (c) => c.json(c.req.valid('json'), 201))

async function start(checkWritable = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tally-page-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Tally</title>')
  writeFileSync(join(folder, 'index.de.html'), '<!doctype html><title>Tally auf Deutsch</title>')
  writeFileSync(join(folder, 'assets', 'app-1a2b.js'), `console.log("${'tally '.repeat(200)}")`)
  writeFileSync(join(folder, 'assets', 'font-3c4d.woff2'), 'font')
  writeFileSync(join(folder, 'secret.key'), 'not for the web')
  const served = await serveForTest((log) =>
    createApp({
      version: '1.2.3',
      checkWritable,
      modules: [routes],
      page: pageRoutes(folder),
      log,
    }),
  )
  const url = `http://127.0.0.1:${served.port}`
  return { ...served, folder, get: (path: string, init?: RequestInit) => fetch(url + path, init) }
}

const json = { 'Content-Type': 'application/json' }
const post = (body: string, headers = {}) => ({
  method: 'POST',
  headers: { ...json, ...headers },
  body,
})

test('every kind of answer carries every header', async () => {
  const { get, send, port } = await start()
  const answers: [string, number, Response][] = [
    ['page', 200, await get('/')],
    ['page of a conversation', 200, await get('/c/1')],
    ['asset', 200, await get('/assets/app-1a2b.js')],
    ['missing asset', 404, await get('/assets/gone.js')],
    ['health', 200, await get('/api/health')],
    ['openapi', 200, await get('/api/openapi.json')],
    ['stream', 200, await get('/api/stream')],
    ['raw stream', 200, await get('/api/raw')],
    ['missing route', 404, await get('/api/gone')],
    ['problem', 404, await get('/api/refused')],
    ['error', 500, await get('/api/broken')],
    ['JSON', 201, await get('/api/echo', post('{"text":"hi"}'))],
    ['bad body', 400, await get('/api/echo', post('{"text":1}'))],
    ['large body', 413, await get('/api/echo', post('x'.repeat(1_048_577)))],
    ['no JSON', 415, await get('/api/echo', post('x', { 'Content-Type': 'text/plain' }))],
    ['foreign origin', 403, await get('/api/echo', post('{}', { Origin: 'https://evil.example' }))],
  ]

  for (const [what, status, { status: seen, headers }] of answers) {
    expect(seen, what).toBe(status)
    for (const [name, value] of SECURITY_HEADERS) {
      expect(headers.get(name), `${what}: ${name}`).toBe(value)
    }
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  }
  const unparsed = [
    await send('nonsense\r\n\r\n'),
    await send(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX: ${'x'.repeat(9000)}\r\n\r\n`),
    await send(`GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`),
  ]
  expect(unparsed.map(({ status }) => status)).toEqual([400, 431, 421])
  for (const { headers } of unparsed) {
    for (const [name, value] of SECURITY_HEADERS)
      expect(headers.get(name.toLowerCase())).toBe(value)
  }
})

test('the API is never kept, and a stream says so in its own words', async () => {
  const { get } = await start()
  const kept = async (path: string) => (await get(path)).headers.get('cache-control')

  expect(await kept('/api/health')).toBe('no-store')
  expect(await kept('/api/gone')).toBe('no-store')
  expect(await kept('/api/stream')).toBe('no-cache, no-transform')
})

test('an error nobody expected says nothing of itself, in the answer or in the log', async () => {
  const { get, log } = await start()
  const answer = await get('/api/broken')

  expect(await answer.json()).toEqual({
    type: 'about:blank#internal',
    title: 'Something went wrong here',
    status: 500,
    code: 'internal',
  })
  const fault = log.find((line) => line.includes('"fault"'))
  expect(fault).toMatch(/"kind":"RangeError","where":"app\.test\.ts:\d+"/)
  expect(log.join('')).not.toContain('secret')
})

test('a request leaves one line, without its query', async () => {
  const { get, log } = await start()
  await (await get('/api/health?token=secret')).text()

  await expect.poll(() => log).toHaveLength(1)
  expect(JSON.parse(log[0] ?? '')).toMatchObject({
    level: 'info',
    method: 'GET',
    path: '/api/health',
    status: 200,
    msg: 'request',
  })
  expect(log[0]).not.toContain('secret')
})

test('a body without a length is taken, and held to the same limit', async () => {
  const { get } = await start()
  const send = (text: string) => {
    const body = new Blob(['{"text":"', text, '"}']).stream()
    return get('/api/echo', { method: 'POST', headers: json, body, duplex: 'half' })
  }

  expect((await send('hi')).status).toBe(201)
  expect((await send('x'.repeat(1_048_577))).status).toBe(413)
})

test('a change without a body is taken', async () => {
  const { get } = await start()
  expect((await get('/api/gone', { method: 'DELETE', headers: json })).status).toBe(404)
  expect((await get('/api/echo', { method: 'POST', headers: json })).status).toBe(400)
})

test('a refused body names its field in words', async () => {
  const { get } = await start()
  const answer = await get('/api/echo', post('{"text":1}'))

  expect(await answer.json()).toMatchObject({
    code: 'bad_request',
    detail: 'text: Invalid input: expected string, received number',
  })
})

test('health is 503 when nothing can be stored', async () => {
  const { get } = await start(() => {
    throw new Problem('unavailable', 'The disk is full: free some space and try again.')
  })
  const answer = await get('/api/health')

  expect(answer.status).toBe(503)
  expect(await answer.json()).toEqual({
    status: 'unavailable',
    version: '1.2.3',
    problem: 'The disk is full: free some space and try again.',
  })
})

test('pages and assets come with their type, how long they may be kept, and compressed', async () => {
  const { get } = await start()
  const page = await get('/usage')
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(page.headers.get('cache-control')).toBe('no-store')
  expect(await page.text()).toContain('<title>Tally</title>')

  for (const encoding of ['br', 'gzip']) {
    const init = { headers: { 'Accept-Encoding': encoding } }
    const asset = await get('/assets/app-1a2b.js', init)
    expect(asset.headers.get('content-encoding')).toBe(encoding)
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(Number(asset.headers.get('content-length'))).toBeLessThan(200)
    expect(await asset.text()).toContain('tally tally')
  }
  const plain = await get('/assets/app-1a2b.js', { headers: { 'Accept-Encoding': 'br;q=0' } })
  expect(plain.headers.get('content-encoding')).toBeNull()
  const font = await get('/assets/font-3c4d.woff2')
  expect(font.headers.get('content-encoding')).toBeNull()
  expect(font.headers.get('content-type')).toBe('font/woff2')
})

test('the page has the language of the request', async () => {
  const { get } = await start()
  for (const [path, accept] of [
    ['/', '*/*'],
    ['/c/1', '*/*'],
    ['/nowhere', 'text/html'],
  ] as const) {
    const page = await get(path, { headers: { 'Accept-Language': 'de-CH', accept } })
    expect(await page.text()).toContain('<title>Tally auf Deutsch</title>')
    expect(page.headers.get('vary')).toBe('Accept-Language, Accept-Encoding')
    expect(page.headers.get('cache-control')).toBe('no-store')
  }
  const other = await get('/', { headers: { 'Accept-Language': 'fr' } })
  expect(await other.text()).toContain('<title>Tally</title>')
})

test('who opens an address that does not exist in a browser sees the page, and a program a problem', async () => {
  const { get } = await start()
  const person = { headers: { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } }
  const page = await get('/nowhere', person)
  expect([page.status, page.headers.get('cache-control')]).toEqual([404, 'no-store'])
  expect(await page.text()).toContain('<title>Tally</title>')
  for (const path of ['/api/nowhere', '/assets/gone-1a2b.js']) {
    expect((await get(path, person)).headers.get('content-type')).toBe('application/problem+json')
  }
  expect((await get('/nowhere')).headers.get('content-type')).toBe('application/problem+json')
})

test('a build that is replaced under a running server changes nothing of what it serves', async () => {
  const { folder, get } = await start()
  rmSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), 'another build')
  writeFileSync(join(folder, 'another.js'), 'of it')
  expect(await (await get('/')).text()).toContain('<title>Tally</title>')
  expect((await get('/assets/app-1a2b.js')).status).toBe(200)
  expect((await get('/another.js')).status).toBe(404)
})

test('only what was built is served', async () => {
  const { get } = await start()
  for (const path of ['/secret.key', '/package.json', '/assets/', '/c/1/2', '/constructor']) {
    expect((await get(path)).status, path).toBe(404)
  }
})
