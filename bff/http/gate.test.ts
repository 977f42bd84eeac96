import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { type Served, serveForTest } from '../testing/serve-app.ts'

const serve = (publicUrl?: URL) =>
  serveForTest(() => new Hono().all('*', (c) => c.text(`${c.req.method} ${c.req.path}`)), publicUrl)

interface GateRequest {
  method?: string
  target?: string
  host?: string | null
  headers?: Record<string, string>
}

function ask({ port, send }: Served, asked: GateRequest) {
  const { method = 'GET', target = '/', host = `127.0.0.1:${port}`, headers = {} } = asked
  const lines = [
    `${method} ${target} HTTP/1.1`,
    ...(host === null ? [] : [`Host: ${host}`]),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    'Connection: close',
  ]
  return send(`${lines.join('\r\n')}\r\n\r\n`)
}

test('it answers to the loopback names with its own port, and to no other name', async () => {
  const served = await serve()
  const { port } = served
  const status = async (host: string | null) => (await ask(served, { host })).status

  for (const name of ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]']) {
    expect(await status(`${name}:${port}`), name).toBe(200)
  }
  for (const host of [
    'evil.example',
    `evil.example:${port}`,
    '127.0.0.1',
    `127.0.0.1:${port - 1}`,
    `127.0.0.1.evil.example:${port}`,
    `localhost:${port}@evil.example`,
    '',
    null,
  ]) {
    expect(await status(host), String(host)).toBe(421)
  }
})

test('two hosts, or a target that names one, are refused', async () => {
  const served = await serve()
  const host = `127.0.0.1:${served.port}`

  expect((await ask(served, { headers: { host } })).status).toBeGreaterThanOrEqual(400)
  expect((await ask(served, { target: `http://${host}/` })).status).toBe(400)
  expect((await ask(served, { method: 'OPTIONS', target: '*' })).status).toBe(400)
})

test('an expectation that nobody knows changes nothing', async () => {
  const served = await serve()
  const headers = { Expect: 'tea' }
  const taken = await ask(served, { headers })
  expect([taken.status, taken.headers.has('content-security-policy')]).toEqual([200, true])
  expect((await ask(served, { headers, host: 'evil.example' })).status).toBe(421)
})

test.each([
  '//evil.example/',
  '/a//b',
  '/../etc/passwd',
  '/a/..',
  '/a/./b',
  '/%2e%2E/x',
  '/.%2e/x',
  '/a%2fb',
  '/a%5Cb',
  '/a\\b',
  '/a%00',
  '/%61pi/conversations',
  '/ap%69/conversations',
  '/%41PI',
  '/c%2D',
  '/%7Eann',
])('the path %s is refused', async (target) => {
  expect((await ask(await serve(), { target })).status).toBe(400)
})

test.each([
  '/',
  '/c/0199',
  '/a/..b',
  '/a/...',
  '/x?next=//evil.example/../%61',
  '/%C3%A4',
  '/a%20b%3Ac',
])('the path %s is taken', async (target) => {
  expect((await ask(await serve(), { target })).status).toBe(200)
})

const json = { 'Content-Type': 'application/json' }

test.each<[what: string, headers: (port: number) => Record<string, string>, status: number]>([
  ['a program', () => ({}), 200],
  ['the fetch of Node', () => ({ 'Sec-Fetch-Mode': 'cors' }), 200],
  ['our page', (port) => ({ Origin: `http://127.0.0.1:${port}` }), 200],
  [
    'our page in a browser that says more',
    (port) => ({
      Origin: `http://127.0.0.1:${port}`,
      'Sec-Fetch-Site': 'same-origin',
      Cookie: 'a=b',
    }),
    200,
  ],
  ['another site', () => ({ Origin: 'https://evil.example' }), 403],
  ['a sandboxed frame', () => ({ Origin: 'null' }), 403],
  ['our name with TLS', (port) => ({ Origin: `https://127.0.0.1:${port}` }), 403],
  ['our machine under another name', (port) => ({ Origin: `http://localhost:${port}` }), 403],
  ['another port', (port) => ({ Origin: `http://127.0.0.1:${port - 1}` }), 403],
  [
    'a liar about its site',
    (port) => ({ Origin: `http://127.0.0.1:${port}`, 'Sec-Fetch-Site': 'cross-site' }),
    403,
  ],
  ['a browser without Origin', () => ({ 'Sec-Fetch-Site': 'same-origin' }), 403],
  ['a browser that hides its site', () => ({ 'Sec-Fetch-Mode': 'navigate' }), 403],
  ['a browser known by its cookie', () => ({ Cookie: 'a=b' }), 403],
])('a change asked for by %s', async (_who, headers, status) => {
  const served = await serve()
  for (const method of ['POST', 'PATCH', 'DELETE', 'PUT']) {
    const all = { ...json, ...headers(served.port) }
    const answer = await ask(served, { method, target: '/api/x', headers: all })
    expect(answer.status, method).toBe(status)
  }
})

test('the API is not read from other sites, pages may be opened from anywhere', async () => {
  const served = await serve()
  const from = async (site: string, target: string) =>
    (await ask(served, { target, headers: { 'Sec-Fetch-Site': site } })).status

  expect(await from('cross-site', '/api/conversations')).toBe(403)
  expect(await from('same-site', '/api/conversations')).toBe(403)
  expect(await from('same-origin', '/api/conversations')).toBe(200)
  expect(await from('none', '/api/usage/export.csv')).toBe(200)
  expect(await from('cross-site', '/c/1')).toBe(200)
})

test('a change is JSON, and says so', async () => {
  const served = await serve()
  const status = async (type?: string) => {
    const headers = type === undefined ? {} : { 'Content-Type': type }
    return (await ask(served, { method: 'POST', target: '/api/x', headers })).status
  }

  expect(await status('application/json; charset=utf-8')).toBe(200)
  expect(await status('Application/JSON')).toBe(200)
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx']) {
    expect(await status(type), type).toBe(415)
  }
})

test('a body needs a content type, a request without one does not', async () => {
  const served = await serve()
  const status = async (method: string, headers: Record<string, string>, body = '') => {
    const head = [`${method} /api/x HTTP/1.1`, `Host: 127.0.0.1:${served.port}`]
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
    const text = [...head, ...lines, 'Connection: close', '', body].join('\r\n')
    return (await served.send(text)).status
  }

  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    expect(await status(method, {}), method).toBe(200)
    expect(await status(method, { 'Content-Length': '0' }), method).toBe(200)
  }
  expect(await status('POST', { 'Content-Length': '2' }, '{}')).toBe(415)
  expect(await status('POST', { 'Transfer-Encoding': 'chunked' }, '0\r\n\r\n')).toBe(415)
  expect(await status('POST', { Origin: 'https://evil.example' })).toBe(403)
})

test('a preflight is answered with a refusal and no permission', async () => {
  const answer = await ask(await serve(), {
    method: 'OPTIONS',
    target: '/api/conversations',
    headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' },
  })

  expect(answer.status).toBe(403)
  expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
})

describe('behind a tunnel or a proxy', () => {
  const change = { method: 'POST', target: '/api/x' }
  const json = { 'Content-Type': 'application/json' }

  test('it answers to the host of its public address, and still to its own', async () => {
    const served = await serve(new URL('https://tally.example.org'))
    const status = async (host: string) => (await ask(served, { host })).status

    expect(await status('tally.example.org')).toBe(200)
    expect(await status('TALLY.example.org:443')).toBe(200)
    expect(await status(`127.0.0.1:${served.port}`)).toBe(200)
    for (const host of [
      'tally.example.org:80',
      'tally.example.org.evil.example',
      'tally.example.org@evil.example',
      'tally.example.org/evil',
      'evil.example',
    ]) {
      expect(await status(host), host).toBe(421)
    }
  })

  test('a tunnel with another port passes when it is named', async () => {
    const served = await serve(new URL('http://localhost:9000'))
    const refused = await ask(served, { host: 'localhost:9001' })

    expect((await ask(served, { host: 'localhost:9000' })).status).toBe(200)
    expect([refused.status, refused.body]).toEqual([
      421,
      expect.stringContaining('TALLY_PUBLIC_URL'),
    ])
  })

  test('changes come from the page under the public address', async () => {
    const served = await serve(new URL('https://tally.example.org'))
    const status = async (host: string, origin: string) =>
      (await ask(served, { ...change, host, headers: { ...json, Origin: origin } })).status
    const own = `127.0.0.1:${served.port}`

    expect(await status('tally.example.org', 'https://tally.example.org')).toBe(200)
    expect(await status(own, 'https://tally.example.org'), 'a proxy with its own Host').toBe(200)
    expect(await status(own, `http://${own}`)).toBe(200)
    expect(await status('tally.example.org', 'http://tally.example.org')).toBe(403)
    expect(await status('tally.example.org', `http://${own}`)).toBe(403)
    expect(await status('tally.example.org', 'https://evil.example')).toBe(403)
  })
})
