// Addresses at which no provider answers: nothing was sent, so nothing is billed, and the person is
// told what to check.
import { once } from 'node:events'
import { request } from 'node:http'
import { request as secureRequest } from 'node:https'
import { createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { refusingBaseUrl } from '../../e2e/fake-upstream.ts'
import type { ProviderErrorCode } from './provider-error-kinds.ts'
import { ConnectionFailed, watchConnection } from './connection.ts'
import { fakeTarget } from '../testing/recorded-run.ts'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'
import { classifyError } from './classify-error.ts'

/** Something that listens and is no web server. */
async function listen(onSocket: (socket: Socket) => void, protocol = 'http'): Promise<string> {
  const server = createServer((socket) => onSocket(socket.on('error', () => {})))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `${protocol}://127.0.0.1:${address.port}/v1`
}

const hangUp = (socket: Socket) => socket.once('data', () => socket.destroy())
const greet = (socket: Socket) => socket.end('SSH-2.0-server\r\n')

const WRONG: [string, () => Promise<string> | string, ProviderErrorCode, RegExp][] = [
  ['nothing listens', refusingBaseUrl, 'connection_refused', /cannot be reached.* base URL/],
  ['nothing has the name', () => 'http://no-such-host.invalid/v1', 'host_not_found', /base URL/],
  ['no network leads there', () => 'http://255.255.255.255/v1', 'unreachable', /base URL/],
  ['http is spoken instead of https', plainForSecure, 'insecure_connection', /base URL/],
  [
    'https ends before it began',
    () => listen(hangUp, 'https'),
    'insecure_connection',
    /does not speak https/,
  ],
  ['something else is spoken', () => listen(greet), 'not_http', /begin with https/],
]

async function plainForSecure(): Promise<string> {
  const { baseUrl } = await upstreamFor({})
  return baseUrl.replace('http:', 'https:')
}

for (const api of ['responses', 'chat_completions'] as const) {
  test.for(WRONG)(`the ${api} API where %s`, async ([, url, code, words]) => {
    const target = fakeTarget(await url(), api, { maxRetries: 1 })
    const { recorded, outcome } = begin(target, agentWith([]))
    const { host } = new URL(target.baseUrl ?? '')
    expect(await outcome).toMatchObject({
      status: 'failed',
      code,
      message: expect.stringMatching(words),
    })
    expect(await outcome).toHaveProperty('message', expect.stringContaining(host))
    expect(new Set(recorded.ledger.rows.map(({ refused }) => refused))).toEqual(new Set([true]))
  })
}

test('a connection that does not come about in time was not reached', async () => {
  // A TLS handshake that nobody answers, for that can be waited for on every machine.
  const silent = await listen(() => {}, 'http')
  const asked = secureRequest(silent.replace('http:', 'https:'))
  const toError = watchConnection(asked, 30)
  asked.end()
  const failure = await once(asked, 'response').catch(toError)
  expect(failure).toBeInstanceOf(ConnectionFailed)
})

test('a connection that was there and broke may have been billed', async () => {
  const asked = request(await listen(hangUp))
  const toError = watchConnection(asked, 30)
  asked.end()
  const failure = await once(asked, 'response').catch(toError)
  expect(failure).not.toBeInstanceOf(ConnectionFailed)
  const at = { provider: 'fake', host: 'h', model: 'm' }
  expect(classifyError(failure, at, () => false, false).code).toBe('connection_lost')
})
