import { expect, test } from '../fixtures.ts'
import { rawRequest } from '../raw-http.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

test('curl can start a conversation without Origin, cookie or Sec-Fetch', async ({ tally }) => {
  const answer = await rawRequest(`${tally.url}/api/conversations`, {
    method: 'POST',
    headers: JSON_TYPE,
    body: '{}',
  })

  expect(answer.status).toBe(201)
})

test('a page of another site cannot change anything', async ({ tally }) => {
  const post = (headers: Record<string, string>) =>
    rawRequest(`${tally.url}/api/conversations`, {
      method: 'POST',
      headers: { ...JSON_TYPE, ...headers },
      body: '{}',
    })

  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: tally.url.replace('http:', 'https:') },
    { origin: 'http://127.0.0.1:1' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: tally.url, 'sec-fetch-site': 'cross-site' },
  ]) {
    const answer = await post(headers)
    expect(answer.status, JSON.stringify(headers)).toBe(403)
    expect(JSON.parse(answer.body)).toMatchObject({ status: 403, code: 'forbidden_origin' })
  }

  expect((await post({ origin: tally.url, 'sec-fetch-site': 'same-origin' })).status).toBe(201)
})

test('a page of another site cannot read the API', async ({ tally }) => {
  const answer = await rawRequest(`${tally.url}/api/conversations`, {
    headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
  })

  expect(answer.status).toBe(403)
  expect(answer.headers['access-control-allow-origin']).toBeUndefined()
})

test('a preflight of another site gets no permission', async ({ tally }) => {
  const answer = await rawRequest(`${tally.url}/api/conversations`, {
    method: 'OPTIONS',
    headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
  })

  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.headers['access-control-allow-origin']).toBeUndefined()
})

test('an unknown Host is refused, for pages and for the API', async ({ tally }) => {
  const { port } = new URL(tally.url)
  for (const path of ['/', '/api/health', '/api/conversations', '/nothing.js']) {
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1:1', '127.0.0.1']) {
      const answer = await rawRequest(tally.url + path, { headers: { host } })
      expect(answer.status, `${host} ${path}`).toBe(421)
    }
    const ours = await rawRequest(tally.url + path, { headers: { host: `localhost:${port}` } })
    expect(ours.status, path).not.toBe(421)
  }
})

test('only JSON is accepted', async ({ tally }) => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    const answer = await rawRequest(`${tally.url}/api/conversations`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: '{}',
    })
    expect(answer.status, type).toBe(415)
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'unsupported_media_type' })
  }
})

test('a request without a body needs no content type', async ({ tally }) => {
  const created = await rawRequest(`${tally.url}/api/conversations`, { method: 'POST' })
  expect(created.status).toBe(201)
  const { id }: { id: string } = JSON.parse(created.body)
  const conversation = `${tally.url}/api/conversations/${id}`
  const started = await rawRequest(`${conversation}/runs`, {
    method: 'POST',
    headers: JSON_TYPE,
    body: '{"text":"Hello"}',
  })
  const run: { id: string } = JSON.parse(started.body)
  const stop = await rawRequest(`${tally.url}/api/runs/${run.id}/stop`, { method: 'POST' })
  expect(stop.status).toBe(200)
  expect((await rawRequest(conversation, { method: 'DELETE' })).status).toBe(204)
  expect((await rawRequest(`${conversation}/restore`, { method: 'POST' })).status).toBe(200)

  const untyped = await rawRequest(`${tally.url}/api/conversations`, { method: 'POST', body: '{}' })
  expect(untyped.status).toBe(415)
  const missing = await rawRequest(`${conversation}/runs`, { method: 'POST' })
  expect(missing.status).toBe(400)
  expect(JSON.parse(missing.body)).toMatchObject({ detail: 'Send a JSON body.' })
})

test('a body over the limit is refused before it is read', async ({ tally }) => {
  const body = JSON.stringify({ title: 'x'.repeat(1_100_000) })
  const answer = await rawRequest(`${tally.url}/api/conversations`, {
    method: 'POST',
    headers: { ...JSON_TYPE, 'content-length': String(body.length) },
    body,
  })

  expect(answer.status).toBe(413)
  expect(JSON.parse(answer.body)).toMatchObject({ code: 'body_too_large' })
})

test('a body without a length is accepted up to the same limit', async ({ tally }) => {
  const post = (body: string) =>
    rawRequest(`${tally.url}/api/conversations`, {
      method: 'POST',
      headers: { ...JSON_TYPE, 'transfer-encoding': 'chunked' },
      body,
    })

  expect((await post('{"title":"In pieces"}')).status).toBe(201)
  expect((await post(JSON.stringify({ title: 'x'.repeat(1_100_000) }))).status).toBe(413)
})

test('no path leads outside the built page', async ({ tally }) => {
  for (const path of [
    '/../package.json',
    '/assets/../../package.json',
    '/%2e%2e/package.json',
    '/assets/%2e%2e%2f%2e%2e%2fpackage.json',
    '/..%5cpackage.json',
    '//etc/passwd',
    '/%00',
  ]) {
    const answer = await rawRequest(tally.url + path)
    expect(answer.body, path).not.toContain('"dependencies"')
    expect(answer.body, path).not.toContain('root:')
    expect(answer.status, path).toBeLessThan(500)
  }
})
