// Many pipelined requests on one connection, byte by byte.
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { Hono } from 'hono'
import { expect, onTestFinished, test } from 'vitest'
import { serveForTest } from '../testing/serve-app.ts'

async function serveCounting() {
  const seen = { running: 0, most: 0, answered: 0 }
  const app = new Hono().get('/api/number/:n', async (c) => {
    seen.running += 1
    seen.most = Math.max(seen.most, seen.running)
    await delay(1)
    seen.running -= 1
    seen.answered += 1
    return c.text(`<${c.req.param('n')}>`)
  })
  const { port } = await serveForTest(() => app)
  return { seen, port }
}

function requests(port: number, count: number): string {
  return Array.from(
    { length: count },
    (_, n) => `GET /api/number/${n} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`,
  ).join('')
}

test('1,500 pipelined requests are answered in order, one at a time', async () => {
  const { seen, port } = await serveCounting()
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.write(requests(port, 1500))
  let text = ''
  for await (const chunk of socket) {
    text += String(chunk)
    if (text.includes('<1499>')) break
  }
  const order = [...text.matchAll(/<(\d+)>/g)].map(([, n]) => Number(n))
  expect(order).toEqual(Array.from({ length: 1500 }, (_, n) => n))
  expect(seen.most).toBe(1)
})

test('requests waiting on a closed connection are dropped', async () => {
  const { seen, port } = await serveCounting()
  const socket = connect(port, '127.0.0.1')
  socket.write(requests(port, 1500))
  await new Promise((resolve) => socket.once('data', resolve))
  socket.destroy()
  await delay(200)
  const { answered } = seen
  await delay(200)
  expect(seen.answered).toBe(answered)
  expect(answered).toBeLessThan(1500)
})

test('other connections are served in the meantime', async () => {
  const { seen, port } = await serveCounting()
  const sockets = Array.from({ length: 5 }, () => connect(port, '127.0.0.1'))
  for (const socket of sockets) {
    onTestFinished(() => void socket.destroy())
    socket.write(requests(port, 20))
  }
  await expect.poll(() => seen.answered).toBe(100)
  expect(seen.most).toBeGreaterThan(1)
})
