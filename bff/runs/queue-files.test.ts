import { expect, test } from 'vitest'
import { MessageQueue, QueuedMessage } from '#shared/queue.ts'
import { aborted, startRuns } from '../testing/runs.ts'
import { uploadFile } from '../testing/uploads.ts'

test('a queued message shows its files, and files alone are a message', async () => {
  const waiting: (() => void)[] = []
  const tally = await startRuns(async (run) => {
    await Promise.race([new Promise<void>((resolve) => waiting.push(resolve)), aborted(run.signal)])
    return { status: 'completed' }
  })
  const { conversationId: id } = await tally.say('First')
  const release = () => waiting.at(-1)?.()
  const read = async () =>
    MessageQueue.parse(await (await tally.request(`/api/conversations/${id}/queue`)).json()).items
  const file = await uploadFile(tally, 'rain.csv', 'day,mm\n1,2\n')
  const shown = [{ id: file.id, name: 'rain.csv', type: 'text/plain', size: 11 }]
  const files = [{ id: file.id }]
  const path = `/api/conversations/${id}/queue`
  const alone = await tally.send('POST', path, { files }, { 'idempotency-key': 'k' })
  expect(alone.status).toBe(201)
  const first = QueuedMessage.parse(await alone.json())
  expect(first).toMatchObject({ text: '', files: shown })
  await tally.send('POST', path, { text: 'With words', files })
  await tally.send('POST', path, { text: 'Words alone' })
  const items = await read()
  expect(items.map((item) => [item.text, item.files])).toEqual([
    ['', shown],
    ['With words', shown],
    ['Words alone', undefined],
  ])
  const again = await tally.send('POST', path, { files }, { 'idempotency-key': 'k' })
  expect(await again.json()).toMatchObject({ id: first.id, files: shown })
  expect((await tally.send('POST', path, {})).status).toBe(400)
  const change = (index: number, text: string) =>
    tally.send('PATCH', `${path}/${items[index]?.id}`, { text })
  expect((await change(1, '')).status).toBe(200)
  expect((await change(2, ' ')).status).toBe(400)

  for (const runs of [1, 2, 3, 4]) {
    await expect.poll(() => waiting.length, { timeout: 5000 }).toBe(runs)
    release()
  }
  expect(await read()).toEqual([])
  const { messages } = await tally.conversation(id)
  const parts = messages.filter(({ role }) => role === 'user').map((message) => message.parts)
  expect(parts).toMatchObject([
    [{ type: 'text', text: 'First' }],
    [{ type: 'file', name: 'rain.csv' }],
    [{ type: 'file', name: 'rain.csv' }],
    [{ type: 'text', text: 'Words alone' }],
  ])
})
