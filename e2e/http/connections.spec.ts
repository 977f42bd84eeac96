// Raw connections: many with requests that never finish, and one with a regular request.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from '../fixtures.ts'
import { chats } from '../scripts.ts'

test.use({ provider: { upstream: 'fake', api: 'responses' } })

const SLOW = 3_000
const AT_ONCE = 100

test('thousands of unfinished requests do not block others', async ({ tally, api, fake }) => {
  test.setTimeout(120_000)
  fake.setScript(chats({ parts: [{ text: 'Half' }, { fault: 'stall' }] }))
  const running = await api.say('Hello')
  const stream = openSocket(tally.url, `GET /api/runs/${running.id}/events HTTP/1.1`, '\r\n')
  await once(stream, 'data')
  const slow: Socket[] = []
  try {
    while (slow.length < SLOW) {
      const opened = Array.from({ length: AT_ONCE }, () => openSlow(tally.url))
      slow.push(...opened)
      await Promise.all(opened.map((socket) => once(socket, 'connect')))
    }
    const response = await fetch(`${tally.url}/api/health`, { signal: AbortSignal.timeout(5_000) })
    expect(response.ok).toBe(true)
    // New connections have replaced the oldest unfinished ones, but not a stream.
    const replaced = () => slow.filter(({ destroyed }) => destroyed).length
    await expect.poll(replaced).toBeGreaterThanOrEqual(500)
    expect(stream.destroyed).toBe(false)
    const run = await api.say('And now?')
    for await (const { event } of api.follow(run.id)) if (event.type === 'token') break
  } finally {
    for (const socket of [...slow, stream]) socket.destroy()
  }
})

test('an unfinished request is closed at its deadline', async ({ tally }) => {
  test.setTimeout(60_000)
  const socket = openSlow(tally.url)
  const silent = connect(Number(new URL(tally.url).port), '127.0.0.1').resume()
  const started = performance.now()
  await Promise.race([Promise.all([once(socket, 'close'), once(silent, 'close')]), delay(40_000)])

  expect(socket.destroyed).toBe(true)
  expect(silent.destroyed).toBe(true)
  const seconds = (performance.now() - started) / 1000
  expect(seconds).toBeGreaterThan(8)
  // The deadline for headers is 10 s, checked every 2 s.
  expect(seconds).toBeLessThan(20)
})

function openSlow(url: string): Socket {
  return openSocket(url, 'GET /api/health HTTP/1.1', 'X-Slow: ')
}

function openSocket(url: string, line: string, more: string): Socket {
  const { host, port } = new URL(url)
  const socket = connect(Number(port), '127.0.0.1')
  socket.on('error', () => {}).resume()
  socket.write(`${line}\r\nHost: ${host}\r\n${more}`)
  return socket
}
