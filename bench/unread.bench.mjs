// T14: the cost of 500 clients that never read, while their answer is written and when it is replayed.
// They connect over real sockets and are paused, like a suspended program. Memory is the server's growth
// since before they connected, and a new conversation must get its first token in the meantime.
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { startFakeUpstream } from '../e2e/fake-upstream.ts'
import { startTally } from './server/servers.mjs'

const READERS = 500
const DELTA = 'x'.repeat(4000)
const SIZES = [1_800_000, 5_700_000]
const MAX_GROWTH_MB = 100
const MAX_BLOCK_MS = 50
const MAX_FIRST_TOKEN_MS = 500
const MB = 1024 * 1024

export async function* measure(wants) {
  if (!wants('T14')) return
  for (const bytes of SIZES) {
    for (const when of ['replayed', 'live']) yield await measureReaders(bytes, when)
  }
}

async function measureReaders(bytes, when) {
  const released = Promise.withResolvers()
  const upstream = await startFakeUpstream(script(bytes, when, released.promise))
  const tally = await startTally(Number(new URL(upstream.baseUrl).port), 'responses')
  const sockets = []
  try {
    const long = await startRun(tally.port)
    if (when === 'replayed') await ended(tally.port, long.id)
    const before = (await tally.process.ask('usage')).rss
    await tally.process.ask('watchLoop')
    for (let n = 0; n < READERS; n += 1) sockets.push(await openUnread(tally.port, long.id))
    released.resolve()
    const growth = await mostGrowth(tally, before)
    const firstTokenMs = await firstToken(tally.port)
    const { ms, cpuMs } = await tally.process.ask('longestBlock')
    // Wall time beyond the thread's own time is other load on the machine.
    const block = Math.min(ms, cpuMs)
    const growthMb = Math.max(growth, (await tally.process.ask('usage')).rss - before) / MB
    return {
      id: 'T14',
      what: `${READERS} unread readers, ${(bytes / 1e6).toFixed(1)} MB ${when}: block ${block.toFixed(0)} ms, first token ${firstTokenMs.toFixed(0)} ms`,
      ratio: `${growthMb.toFixed(0)} MB`,
      target: `<= ${MAX_GROWTH_MB} MB`,
      holds:
        growthMb <= MAX_GROWTH_MB && block <= MAX_BLOCK_MS && firstTokenMs <= MAX_FIRST_TOKEN_MS,
    }
  } finally {
    for (const socket of sockets) socket.destroy()
    await tally.stop()
    await upstream.close()
  }
}

/** Starts with the long answer, held back until the clients are connected if it is to be live. */
function script(bytes, when, released) {
  const parts = Array.from({ length: bytes / DELTA.length }, () => ({ text: DELTA }))
  const long = when === 'live' ? [{ text: 'It begins.' }, { wait: released }, ...parts] : parts
  let asked = 0
  return ({ body }) => {
    if ('text' in body) return { parts: [{ text: '{"title":"Long"}' }] }
    asked += 1
    return { parts: asked === 1 ? long : [{ text: 'Good morning.' }], chars: DELTA.length }
  }
}

async function startRun(port) {
  const { id } = await post(port, '/api/conversations', {})
  return post(port, `/api/conversations/${id}/runs`, { text: 'Tell me everything' })
}

async function post(port, path, body) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return response.json()
}

async function ended(port, runId) {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/api/runs/${runId}`)
    const { status } = await response.json()
    if (status !== 'running') return
    await wait(100)
  }
}

async function openUnread(port, runId) {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {}).pause()
  await once(socket, 'connect')
  socket.write(`GET /api/runs/${runId}/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)
  return socket
}

async function mostGrowth(tally, before) {
  let most = 0
  for (let n = 0; n < 20; n += 1) {
    await wait(250)
    most = Math.max(most, (await tally.process.ask('usage')).rss - before)
  }
  return most
}

async function firstToken(port) {
  const { id } = await post(port, '/api/conversations', {})
  const begun = performance.now()
  const response = await fetch(`http://127.0.0.1:${port}/api/conversations/${id}/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ text: 'Good morning' }),
  })
  let text = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk
    if (text.includes('event: token')) break
  }
  return performance.now() - begun
}
