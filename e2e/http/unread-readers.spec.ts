// Clients that never read their responses, like a suspended program.
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from '../fixtures.ts'
import { chats } from '../scripts.ts'

test.use({ entry: 'product', provider: { upstream: 'fake', api: 'responses' } })

const READERS = 300
const ANSWER_BYTES = 1_800_000
const DELTA = 'x'.repeat(4_000)

test('hundreds of clients that never read use little memory and do not block others', async ({
  tally,
  api,
  fake,
}) => {
  test.skip(process.platform === 'win32', 'ps reads the memory of the process')
  test.setTimeout(180_000)
  const parts = Array.from({ length: ANSWER_BYTES / DELTA.length }, () => ({ text: DELTA }))
  fake.setScript(chats({ parts }, { parts: [{ text: 'Good morning.' }] }))
  const run = await api.say('Tell me everything')
  expect((await api.ended(run)).at(-1)?.event).toMatchObject({ status: 'completed' })
  const before = residentBytes(tally.pid)

  const readers = Array.from({ length: READERS }, () => openUnread(tally.url, run.id))
  try {
    await Promise.all(readers.map((socket) => once(socket, 'connect')))
    await delay(1_000)
    const next = await api.say('Good morning')
    for await (const { event } of api.follow(next.id)) if (event.type === 'token') break
    let most = 0
    for (let n = 0; n < 10; n += 1) {
      most = Math.max(most, residentBytes(tally.pid))
      await delay(200)
    }
    // Buffering the whole answer for each client would take several times this.
    expect(most - before).toBeLessThan((READERS * ANSWER_BYTES) / 8)
  } finally {
    for (const socket of readers) socket.destroy()
  }
})

function openUnread(url: string, runId: string): Socket {
  const { host, port } = new URL(url)
  const socket = connect(Number(port), '127.0.0.1')
  socket.on('error', () => {}).pause()
  socket.write(`GET /api/runs/${runId}/events HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
  return socket
}

function residentBytes(pid: number): number {
  const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })
  return Number(kilobytes) * 1024
}
