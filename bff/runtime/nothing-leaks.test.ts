// Nothing leaves the process except to the configured provider, and a key only to its own.
import { realParts } from '../testing/agent-parts.ts'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { Socket } from 'node:net'
import { getGlobalTraceProvider } from '@openai/agents'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import * as z from 'zod/mini'
import { assistant } from '../agents/assistant/agent.ts'
import { fakeTarget, RecordedLedger } from '../testing/recorded-run.ts'
import { begin, upstreamFor } from '../testing/begin-run.ts'
import { makeTitle } from './title.ts'

/** Every address that this process connects to, whichever library does. */
function connectionsFromNow(): Set<string> {
  const contacted = new Set<string>()
  const note = (message: unknown) => {
    const { socket } = z.object({ socket: z.instanceof(Socket) }).parse(message)
    socket.on('connectionAttempt', (ip, port) => contacted.add(`${ip}:${port}`))
  }
  subscribe('net.client.socket', note)
  onTestFinished(() => void unsubscribe('net.client.socket', note))
  return contacted
}

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

test('a run with tools and a title talks to its provider only, with its own key', async () => {
  vi.stubEnv('OPENAI_API_KEY', 'sk-of-somebody-else')
  vi.stubEnv('OPENAI_ORG_ID', 'org-of-somebody-else')
  vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:9/v1')
  const contacted = connectionsFromNow()
  const call = { name: 'current_time', arguments: { timeZone: null } }
  const upstream = await upstreamFor([{ parts: [{ call }] }, {}])
  const target = fakeTarget(upstream.baseUrl, 'responses')

  expect(await begin(target, assistant).outcome).toEqual({ status: 'completed' })
  const { signal } = new AbortController()
  const ledger = new RecordedLedger()
  await makeTitle(
    { conversationId: 'c', target, question: 'q', answer: 'a', ledger, signal },
    realParts,
  )
  await getGlobalTraceProvider().forceFlush()

  expect(contacted).toEqual(new Set([new URL(upstream.baseUrl).host]))
  expect(upstream.calls).toHaveLength(3)
  for (const { headers } of upstream.calls) {
    expect(headers.authorization).toBe('Bearer sk-very-secret-key')
    expect(JSON.stringify(headers)).not.toContain('somebody-else')
  }
})

test.for([301, 302, 303, 307, 308])(
  'a redirect (%i) is not followed: nothing reaches another address',
  async (status) => {
    const elsewhere = await upstreamFor({})
    const location = `${elsewhere.baseUrl}/chat/completions`
    const upstream = await upstreamFor({ status, headers: { location } })
    const { outcome } = begin(fakeTarget(upstream.baseUrl, 'chat_completions'))
    expect(await outcome).toMatchObject({ status: 'failed', code: 'redirected', retryable: false })
    expect([upstream.calls.length, elsewhere.calls.length]).toEqual([1, 0])
  },
)

test('a server without a key is sent none', async () => {
  const upstream = await upstreamFor({})
  await begin(fakeTarget(upstream.baseUrl, 'chat_completions', { apiKey: null })).outcome
  expect(upstream.calls[0]?.headers.authorization).toBeUndefined()
})

test('user, password and query of a base URL are sent where they belong', async () => {
  const upstream = await upstreamFor({})
  const url = new URL(upstream.baseUrl)
  url.username = 'ann'
  url.password = 'secret'
  url.search = '?api-version=7'
  const target = fakeTarget(url.href, 'chat_completions', {
    apiKey: null,
    headers: { 'x-team': 'red' },
  })
  const { outcome } = begin(target)
  expect(await outcome).toEqual({ status: 'completed' })
  expect(upstream.calls[0]?.headers).toMatchObject({
    authorization: `Basic ${Buffer.from('ann:secret').toString('base64')}`,
    'x-team': 'red',
  })
})

test.for([
  'header-credential',
  'url-password',
  'query-credential',
  Buffer.from('ann:url-password').toString('base64'),
])('a refusal that repeats %s is not shown', async (secret) => {
  const errorBody = { error: { message: `Nobody knows ${secret} here` } }
  const upstream = await upstreamFor({ status: 400, errorBody })
  const url = new URL(upstream.baseUrl)
  url.username = 'ann'
  url.password = 'url-password'
  url.search = '?k=query-credential&api-version=2026-01-01'
  const headers = { 'x-auth': 'Token header-credential' }
  const { outcome } = begin(fakeTarget(url.href, 'chat_completions', { apiKey: null, headers }))
  expect(await outcome).toHaveProperty('message', expect.not.stringContaining('Nobody knows'))
})
