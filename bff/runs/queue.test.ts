// Messages that are queued while an answer is written, over real HTTP and SQLite.
import { expect, test } from 'vitest'
import type { Run } from '#shared/api.ts'
import { messageText } from '#shared/message-text.ts'
import { MessageQueue, QueuedMessage } from '#shared/queue.ts'
import { END, approvals, only, refunds, startAsking } from '../testing/asking-agent.ts'
import type { Script } from '../testing/assemble.ts'
import { aborted, answerItem, says, type StartedRuns, startRuns, token } from '../testing/runs.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'

/** Answers when it is released, each run by its own question. */
function held() {
  const asked: string[] = []
  const waiting: PromiseWithResolvers<void>[] = []
  const script: Script = async (run) => {
    const release = Promise.withResolvers<void>()
    waiting.push(release)
    const question = run.history.at(-1)?.['content']
    asked.push(typeof question === 'string' ? question : JSON.stringify(question))
    await run.emit(token(`Answer ${asked.length}`))
    await Promise.race([release.promise, aborted(run.signal)])
    if (run.signal.aborted) return { status: 'stopped' }
    await run.storeItems([answerItem(`Answer ${asked.length}`)])
    return { status: 'completed' }
  }
  return { script, asked, release: () => waiting.at(-1)?.resolve() }
}

const queue = (tally: StartedRuns, id: string, text: string, more: object = {}, headers = {}) =>
  tally.send('POST', `/api/conversations/${id}/queue`, { text, ...more }, headers)

async function queued(tally: StartedRuns, id: string, text: string): Promise<QueuedMessage> {
  const response = await queue(tally, id, text)
  expect(response.status).toBe(201)
  return QueuedMessage.parse(await response.json())
}

async function read(tally: StartedRuns, id: string): Promise<MessageQueue> {
  return MessageQueue.parse(await (await tally.request(`/api/conversations/${id}/queue`)).json())
}

const texts = async (tally: StartedRuns, id: string) =>
  (await read(tally, id)).items.map(({ text }) => text)

async function said(tally: StartedRuns, id: string): Promise<string[]> {
  const { messages } = await tally.conversation(id)
  return messages.map((message) => messageText(message))
}

async function working(tally: StartedRuns): Promise<Run> {
  const run = await tally.say('First')
  for await (const { event } of tally.follow(run.id)) if (event.type === 'token') return run
  throw new Error('It said nothing.')
}

const idle = (tally: StartedRuns, id: string) =>
  expect.poll(async () => (await tally.conversation(id)).activeRunId, { timeout: 5000 }).toBeNull()

test('queued messages are sent one after the other, each when the answer before has completed', async () => {
  const { script, asked, release } = held()
  const tally = await startRuns(script)
  const { conversationId: id } = await working(tally)
  await queued(tally, id, 'Second')
  const third = await queued(tally, id, 'Third')
  const edit = { text: 'Third, edited' }
  const path = `/api/conversations/${id}/queue/${third.id}`
  expect((await tally.send('PATCH', path, edit)).status).toBe(200)
  expect(await read(tally, id)).toMatchObject({ items: [{ text: 'Second' }, edit], held: null })
  expect(asked).toHaveLength(1)

  release()
  await expect.poll(() => asked.length).toBe(2)
  expect(await texts(tally, id)).toEqual(['Third, edited'])
  release()
  await expect.poll(() => asked.length).toBe(3)
  release()
  await idle(tally, id)
  expect(await said(tally, id)).toEqual([
    'First',
    'Answer 1',
    'Second',
    'Answer 2',
    'Third, edited',
    'Answer 3',
  ])
  expect(await texts(tally, id)).toEqual([])
  const late = await tally.send('PATCH', path, { text: 'Too late' })
  expect(late.status).toBe(404)
})

test('a message that is queued while nothing works is sent at once, and once', async () => {
  const tally = await startRuns(says('Hello'))
  const { id } = await tally.create()
  const key = { 'Idempotency-Key': 'key-1' }
  const [first, second] = await Promise.all([
    queue(tally, id, 'Hi', {}, key),
    queue(tally, id, 'Hi', {}, key),
  ])
  expect([first.status, second.status]).toEqual([201, 201])
  const [one, other] = [await first.json(), await second.json()]
  expect(other).toEqual(one)
  await idle(tally, id)
  expect(await (await queue(tally, id, 'Hi', {}, key)).json()).toEqual(one)
  expect((await queue(tally, id, 'Other', {}, key)).status).toBe(409)
  await idle(tally, id)
  expect(await said(tally, id)).toEqual(['Hi', 'Hello'])
})

test('a stopped answer holds the queue until somebody sends', async () => {
  const { script, asked, release } = held()
  const tally = await startRuns(script)
  const { id: runId, conversationId: id } = await working(tally)
  await queued(tally, id, 'Second')
  const third = await queued(tally, id, 'Third')
  await tally.send('POST', `/api/runs/${runId}/stop`)
  await idle(tally, id)
  expect(await read(tally, id)).toMatchObject({ held: 'stopped', items: [{}, {}] })
  expect(asked).toHaveLength(1)

  const sent = await tally.send('POST', `/api/conversations/${id}/queue/${third.id}/send`)
  expect(sent.status).toBe(202)
  await expect.poll(() => asked.length).toBe(2)
  release()
  await expect.poll(() => asked.length).toBe(3)
  release()
  await idle(tally, id)
  expect((await said(tally, id)).filter((_, at) => at % 2 === 0)).toEqual([
    'First',
    'Third',
    'Second',
  ])
})

test('sending a message now stops the answer and keeps what it has said', async () => {
  const { script, asked, release } = held()
  const tally = await startRuns(script)
  const first = await working(tally)
  const { conversationId: id } = first
  const { id: queuedId } = await queued(tally, id, 'Second')
  const response = await tally.send('POST', `/api/conversations/${id}/queue/${queuedId}/send`)
  expect(await response.json()).toMatchObject({ status: 'running', conversationId: id })
  await expect.poll(() => asked.length).toBe(2)
  const done = (await tally.ended(first.id)).at(-1)?.event
  expect(done).toMatchObject({ type: 'done', status: 'stopped', reason: 'moved_on' })
  release()
  await idle(tally, id)
  expect(await said(tally, id)).toEqual(['First', 'Answer 1', 'Second', 'Answer 2'])
  const again = await tally.send('POST', `/api/conversations/${id}/queue/${queuedId}/send`)
  expect(again.status).toBe(404)
})

test('a failed answer holds the queue, and its continuation goes on with it', async () => {
  let fails = true
  const tally = await startRuns(async (run) => {
    await run.emit(token('Some'))
    if (!fails) return { status: 'completed' }
    fails = false
    await new Promise((resolve) => setTimeout(resolve, 100))
    return { status: 'failed', code: 'upstream', message: 'Broken', retryable: true }
  })
  const { conversationId: id, messageId } = await working(tally)
  await queued(tally, id, 'Second')
  await idle(tally, id)
  expect(await read(tally, id)).toMatchObject({ held: 'failed', items: [{ text: 'Second' }] })
  expect((await tally.send('POST', `/api/messages/${messageId}/continue`)).status).toBe(202)
  await expect.poll(() => texts(tally, id)).toEqual([])
  await idle(tally, id)
  expect(await said(tally, id)).toEqual(['First', 'Some\n\nSome', 'Second', 'Some'])
})

test('a message that cannot be sent stays with the reason, and holds the queue', async () => {
  const { script, release } = held()
  const tally = await startRuns(script)
  const { conversationId: id } = await working(tally)
  await queued(tally, id, 'Second')
  expect((await queue(tally, id, 'Third', { provider: 'gone' })).status).toBe(400)
  // Its provider is removed while it waits.
  await tally.parts.db.transaction(async (trx) => {
    await trx.updateTable('queued_messages').set({ choice: '{"provider":"gone"}' }).execute()
  })
  release()
  await expect.poll(async () => (await read(tally, id)).held).toBe('refused')
  const [item] = (await read(tally, id)).items
  expect(item?.problem).toBe('There is no such provider')
  const path = `/api/conversations/${id}/queue/${item?.id}`
  expect((await tally.send('POST', `${path}/send`)).status).toBe(400)
  expect(await texts(tally, id)).toEqual(['Second'])
  expect((await tally.send('DELETE', path)).status).toBe(204)
  expect(await read(tally, id)).toEqual({ items: [], nextCursor: null, held: null })
})

test('an answer that waits holds the queue; sending ends the wait', async () => {
  const { tally, paid } = await startAsking([refunds(50), END])
  const run = await tally.say('Refund')
  only(await approvals(tally, run))
  const { conversationId: id } = run
  const { id: queuedId } = await queued(tally, id, 'Never mind')
  expect((await read(tally, id)).held).toBe('waiting')
  const sent = await tally.send('POST', `/api/conversations/${id}/queue/${queuedId}/send`)
  expect(sent.status).toBe(202)
  await idle(tally, id)
  expect(paid).toEqual([])
  expect((await said(tally, id)).slice(-2)).toEqual(['Never mind', 'All done.'])
})

test('a queue takes 20 messages, is emptied at once, and belongs to its conversation', async () => {
  const { script } = held()
  const tally = await startRuns(script)
  const { conversationId: id } = await working(tally)
  const first = await queued(tally, id, '1')
  for (let n = 2; n <= 20; n += 1) await queued(tally, id, `${n}`)
  const refused = await queue(tally, id, '21')
  expect(await refused.json()).toMatchObject({ status: 409, code: 'queue_full' })
  const other = await tally.create()
  for (const [method, path] of [
    ['GET', '/api/conversations/nobody/queue'],
    ['POST', '/api/conversations/nobody/queue'],
    ['DELETE', '/api/conversations/nobody/queue'],
    ['PATCH', `/api/conversations/${other.id}/queue/${first.id}`],
    ['DELETE', `/api/conversations/${other.id}/queue/${first.id}`],
    ['POST', `/api/conversations/${other.id}/queue/${first.id}/send`],
  ] as const) {
    const body = method === 'GET' ? undefined : { text: 'No' }
    expect((await tally.send(method, path, body)).status, method + path).toBe(404)
  }
  expect((await queue(tally, id, ' ')).status).toBe(400)
  expect((await tally.send('DELETE', `/api/conversations/${id}/queue`)).status).toBe(204)
  expect(await texts(tally, id)).toEqual([])
})

test('a queue goes on in the next process', async () => {
  const folder = temporaryFolder()
  const before = await startRuns(held().script, { folder })
  const { id: runId, conversationId: id } = await working(before)
  await queued(before, id, 'Second')
  await queued(before, id, 'Third')
  await before.parts.end()

  const tally = await startRuns(says('Later'), { folder })
  await expect.poll(() => texts(tally, id)).toEqual([])
  await idle(tally, id)
  expect(await tally.run(runId)).toMatchObject({ status: 'interrupted' })
  expect(await said(tally, id)).toEqual(['First', 'Answer 1', 'Second', 'Later', 'Third', 'Later'])
})
