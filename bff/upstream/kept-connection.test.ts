// A connection that was kept open and that the server has closed: the request is sent once more, at
// once, and its row says so.
import { createServer } from 'node:http'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { defineTool } from '../runtime/define-tool.ts'
import { fakeTarget } from '../testing/recorded-run.ts'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'
import { upstreamFetch } from './upstream-fetch.ts'

const tool = defineTool({
  name: 'add',
  description: 'Adds.',
  parameters: z.object({}),
  execute: () => 3,
})
const call = { call: { name: 'add', arguments: {}, id: 'call_add' } }

test('a request after a tool call is not lost with its connection', async () => {
  const upstream = await upstreamFor([{ parts: [call], breaksWhenKept: true }, {}])
  const { recorded, outcome } = begin(
    fakeTarget(upstream.baseUrl, 'responses', { maxRetries: 0 }),
    agentWith([tool]),
  )
  expect(await outcome).toEqual({ status: 'completed' })
  expect(upstream.resets).toBe(1)
  expect(upstream.calls).toHaveLength(2)
  expect(recorded.eventsOf('retry')).toEqual([])
  expect(
    recorded.ledger.rows.map(({ status, attempt, resent }) => [status, attempt, resent]),
  ).toEqual([
    ['completed', 1, false],
    ['completed', 1, true],
  ])
})

test('a request that is reset on a fresh connection is not sent again by itself', async () => {
  const upstream = await upstreamFor({ instead: 'close' })
  const target = fakeTarget(upstream.baseUrl, 'responses', { maxRetries: 0 })
  const { recorded, outcome } = begin(target)
  expect(await outcome).toMatchObject({ status: 'failed', code: 'connection_lost' })
  expect(upstream.calls).toHaveLength(1)
  expect(recorded.ledger.rows.map(({ resent }) => resent)).toEqual([false])
})

test('an answer that breaks on a kept connection after its first byte is not asked for again', async () => {
  const upstream = await upstreamFor([
    { parts: [call] },
    { parts: [{ text: 'Half' }, { fault: 'destroy' }] },
    {},
  ])
  const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, 'responses'), agentWith([tool]))
  expect(await outcome).toMatchObject({ status: 'failed', code: 'cut_off' })
  expect(upstream.calls).toHaveLength(2)
  expect(recorded.ledger.rows.map(({ resent }) => resent)).toEqual([false, false])
})

test('a kept connection that is closed while the server works on the request is no stale one', async () => {
  let requests = 0
  const server = createServer((request, response) => {
    requests += 1
    if (requests === 1) response.end('{}')
    else setTimeout(() => request.socket.destroy(), 1500)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const ask = async () => {
    const url = `http://127.0.0.1:${address.port}/v1/responses`
    return (await upstreamFetch(url, { method: 'POST', body: '{}' })).text()
  }
  await ask()
  await expect(ask()).rejects.toMatchObject({ code: 'ECONNRESET' })
  expect(requests).toBe(2)
})

test('a connection is kept only as long as the server says', async () => {
  const ports = new Set<number | undefined>()
  const server = createServer((request, response) => {
    ports.add(request.socket.remotePort)
    const timeout = request.url === '/short' ? 1 : 3
    response.setHeader('Keep-Alive', `timeout=${timeout}, max=100`).end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const ask = async (path: string) =>
    (await upstreamFetch(`http://127.0.0.1:${address.port}${path}`)).text()
  await ask('/long')
  await ask('/long')
  expect(ports.size).toBe(1)
  await ask('/short')
  await delay(50)
  await ask('/long')
  expect(ports.size).toBe(2)
})
