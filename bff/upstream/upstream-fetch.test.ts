import { createServer, type RequestListener } from 'node:http'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { fakeTarget } from '../testing/recorded-run.ts'
import { begin } from '../testing/begin-run.ts'
import { MAX_BODY_BYTES, PacketResponse, upstreamFetch } from './upstream-fetch.ts'

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `http://127.0.0.1:${address.port}/v1/answers?of=all`
}

test('a request arrives as it was given, and the answer comes back as it was sent', async () => {
  const url = await serve((request, response) => {
    const { method, url: path, headers } = request
    response.setHeader('X-Request-Id', 'r1').writeHead(201)
    void text(request).then((body) =>
      response.end(JSON.stringify({ method, path, key: headers['x-key'], body })),
    )
  })
  const response = await upstreamFetch(url, {
    method: 'POST',
    headers: { 'X-Key': 'k' },
    body: 'Grüße',
  })
  expect([response.status, response.headers.get('x-request-id')]).toEqual([201, 'r1'])
  expect(await response.json()).toEqual({
    method: 'POST',
    path: '/v1/answers?of=all',
    key: 'k',
    body: 'Grüße',
  })
})

test('an event stream is handed over in packets while it comes', async () => {
  let finish = () => {}
  const url = await serve((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n')
    finish = () => response.end('data: 2\n\n')
  })
  const response = await upstreamFetch(url)
  if (!(response instanceof PacketResponse)) throw new Error('not in packets')
  const seen: string[] = []
  for await (const packet of response.packets) {
    seen.push(new TextDecoder().decode(packet))
    finish()
  }
  expect(seen).toEqual(['data: 1\n\n', 'data: 2\n\n'])
})

test.each([204, 304])('an answer without a body (%i) has none', async (status) => {
  const url = await serve((_, response) => response.writeHead(status).end())
  const response = await upstreamFetch(url)
  expect([response.status, response.body]).toEqual([status, null])
})

test('a status that does not exist is an error', async () => {
  const url = await serve((_, response) => response.writeHead(999).end())
  await expect(upstreamFetch(url)).rejects.toThrow(RangeError)
})

test.each([
  [
    'that is left before it is read',
    'HTTP/1.1 500 No',
    (response: Response) => response.body?.cancel(),
  ],
  ['of a status that does not exist', 'HTTP/1.1 999 No', () => {}],
  ['in another protocol', 'HTTP/1.1 101 No\r\nConnection: upgrade\r\nUpgrade: other', () => {}],
])('an answer %s holds no connection', async (_, head, leave) => {
  const { promise: closed, resolve: onClosed } = Promise.withResolvers<void>()
  const url = await serve(({ socket }) => {
    socket.once('close', () => onClosed())
    socket.on('error', () => {})
    socket.write(`${head}\r\nContent-Length: 1000\r\n\r\nbeginning`)
  })
  await upstreamFetch(url).then(leave, () => {})
  await expect(closed).resolves.toBeUndefined()
})

test('a stop before the answer and one in its middle close the connection', async () => {
  const { promise: asked, resolve: onAsked } = Promise.withResolvers<void>()
  const closed: Promise<unknown>[] = []
  const url = await serve((request, response) => {
    closed.push(once(response, 'close'))
    onAsked()
    if (request.method === 'GET') return
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n')
  })
  const before = new AbortController()
  const waiting = upstreamFetch(url, { signal: before.signal })
  await asked
  before.abort()
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })

  const during = new AbortController()
  const response = await upstreamFetch(url, { method: 'POST', signal: during.signal })
  if (!(response instanceof PacketResponse)) throw new Error('not in packets')
  const { packets } = response
  const reading = async () => {
    for await (const _ of packets) during.abort()
  }
  await expect(reading()).rejects.toThrow('aborted')
  expect(await Promise.all(closed)).toHaveLength(2)
})

test.each([
  ['a line', 200, 'text/event-stream', 'data: "', 'too_much'],
  ['a whole answer', 200, 'application/json', '{"id": "', 'too_much'],
  ['a refusal', 400, 'application/json', '{"error": "', 'bad_request'],
])('%s without an end is not read on', async (_, status, type, beginning, code) => {
  let sent = 0
  const part = Buffer.alloc(1024 * 1024, 'w')
  const url = await serve((_request, response) => {
    const goOn = () => {
      while (sent < 8 * MAX_BODY_BYTES) {
        sent += part.length
        if (!response.write(part)) return
      }
      response.end()
    }
    response.on('drain', goOn).writeHead(status, { 'Content-Type': type }).write(beginning)
    goOn()
  })
  const { outcome } = begin(fakeTarget(new URL('/v1', url).href, 'responses', { maxRetries: 0 }))
  expect(await outcome).toMatchObject({ status: 'failed', code })
  expect(sent).toBeLessThan(2 * MAX_BODY_BYTES)
})
