// kill -9 while a queue is sent: every message that was acknowledged is sent once, in its order.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { Conversation } from '#shared/api.ts'
import { messageText } from '#shared/message-text.ts'
import { MessageQueue } from '#shared/queue.ts'
import { says, startRuns } from '../testing/runs.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'

const HEADERS = { 'Content-Type': 'application/json' }
const TEXTS = Array.from({ length: 12 }, (_, n) => `Message ${n + 1}`)

test.each([0, 9, 40])(
  'a queue loses and doubles nothing, killed %i ms after it was filled',
  async (ms) => {
    const folder = temporaryFolder()
    const file = join(import.meta.dirname, '..', 'testing', 'queue-child.ts')
    const child = spawn(process.execPath, [file, folder])
    onTestFinished(() => void child.kill('SIGKILL'))
    const exited = once(child, 'exit')
    const [port] = await once(child.stdout, 'data')
    const url = `http://127.0.0.1:${String(port).trim()}/api/conversations`
    const post = (path: string, body: object) =>
      fetch(url + path, { method: 'POST', headers: HEADERS, body: JSON.stringify(body) })
    const { id } = Conversation.parse(await (await post('', {})).json())
    for (const text of TEXTS) expect((await post(`/${id}/queue`, { text })).status).toBe(201)
    await sleep(ms)
    child.kill('SIGKILL')
    await exited

    const tally = await startRuns(says('Later'), { folder })
    const left = async () => {
      const response = await tally.request(`/api/conversations/${id}/queue`)
      return MessageQueue.parse(await response.json()).items.length
    }
    await expect.poll(left, { timeout: 10_000 }).toBe(0)
    await expect.poll(async () => (await tally.conversation(id)).activeRunId).toBeNull()
    const { messages } = await tally.conversation(id)
    const sent = messages.filter(({ role }) => role === 'user')
    expect(sent.map((message) => messageText(message))).toEqual(TEXTS)
  },
  30_000,
)
