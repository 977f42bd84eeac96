import { foldAll } from '#shared/fold-run.ts'
import { messageText } from '#shared/message-text.ts'
import { readEvents, readFrames } from '../api.ts'
import { expect, test } from '../fixtures.ts'

test('events are numbered from 1 without gaps, from run to done', async ({ api }) => {
  const run = await api.say('What time is it?')
  const events = await api.ended(run)

  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  expect(events[0]?.event).toMatchObject({
    type: 'run',
    runId: run.id,
    conversationId: run.conversationId,
    messageId: run.messageId,
  })
  expect(events.filter(({ event }) => event.type === 'done')).toEqual([events.at(-1)])
  expect(events.at(-1)?.event).toMatchObject({ type: 'done', status: 'completed' })
})

test('the stored message equals the folded events', async ({ api }) => {
  const run = await api.say('What is Tally?')
  const { message } = foldAll(await api.ended(run))
  const conversation = await api.conversation(run.conversationId)

  const { siblingIds, ...stored } = conversation.messages.at(-1) ?? {}
  expect(siblingIds).toEqual([run.messageId])
  expect(stored).toEqual({ ...message, parentId: run.userMessageId })
  expect(message && messageText(message)).not.toBe('')
})

test('POST with Accept: text/event-stream returns the events', async ({ api }) => {
  const { id } = await api.createConversation()
  const response = await api.post(
    `/api/conversations/${id}/runs`,
    { text: 'Hello' },
    { accept: 'text/event-stream' },
  )

  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  const streamed = await Array.fromAsync(readEvents(response))
  const started = streamed[0]?.event
  if (started?.type !== 'run') throw new Error('The first event is not `run`.')
  expect(streamed).toEqual(await api.ended({ id: started.runId }))
})

test('a repeated submit returns the same events', async ({ api }) => {
  const { id } = await api.createConversation()
  const submit = async () => {
    const headers = { accept: 'text/event-stream', 'idempotency-key': 'sent-twice' }
    return Array.fromAsync(
      readEvents(await api.post(`/api/conversations/${id}/runs`, { text: 'Hello' }, headers)),
    )
  }

  const first = await submit()
  expect(first.at(-1)?.event).toMatchObject({ type: 'done', status: 'completed' })
  expect(await submit()).toEqual(first)
  expect((await api.conversation(id)).messages).toHaveLength(2)
})

test('POST with Accept: application/json returns 202 with the run and its location', async ({
  api,
}) => {
  const { id } = await api.createConversation()
  const response = await api.post(
    `/api/conversations/${id}/runs`,
    { text: 'Hello' },
    { accept: 'application/json' },
  )

  expect(response.status).toBe(202)
  expect(response.headers.get('content-type')).toMatch(/^application\/json/)
  expect(await response.json()).toMatchObject({ conversationId: id, status: 'running' })
})

test('a reader gets the events after its cursor, from the query or Last-Event-ID', async ({
  api,
}) => {
  const run = await api.say('What is 17 times 23?')
  const all = await api.ended(run)
  const last = all.length

  for (const after of [0, 1, Math.floor(last / 2), last - 1]) {
    const byQuery = await Array.fromAsync(api.follow(run.id, after))
    expect(byQuery).toEqual(all.slice(after))
    const byHeader = await api.request(`/api/runs/${run.id}/events`, {
      headers: { 'last-event-id': String(after) },
    })
    expect(await Array.fromAsync(readEvents(byHeader))).toEqual(all.slice(after))
  }
})

test('a finished run without further events returns 204', async ({ api }) => {
  const run = await api.say('Hello')
  const last = (await api.ended(run)).length

  const response = await api.request(`/api/runs/${run.id}/events?after=${last}`)
  expect(response.status).toBe(204)
  expect(await response.text()).toBe('')
})

test('a cursor that is not a seq of the run is refused', async ({ api }) => {
  const run = await api.say('Hello')
  const last = (await api.ended(run)).length

  for (const after of [
    '-1',
    '1.5',
    'x',
    '',
    '0x1',
    '1e0',
    ' 1',
    String(last + 1),
    '9'.repeat(30),
  ]) {
    const query = `?after=${encodeURIComponent(after)}`
    const response = await api.request(`/api/runs/${run.id}/events` + query)
    expect(response.status, `after=${after}`).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'invalid_cursor' })
  }
  const header = await api.request(`/api/runs/${run.id}/events`, {
    headers: { 'last-event-id': 'abc' },
  })
  expect(header.status).toBe(400)
})

test('a frame has the type as event, the seq as id and the rest as data', async ({ api }) => {
  const run = await api.say('Hello')
  await api.ended(run)
  const response = await api.request(`/api/runs/${run.id}/events`)
  const frames = await Array.fromAsync(readFrames(response))

  for (const [index, frame] of frames.entries()) {
    expect(frame.id).toBe(String(index + 1))
    const data: unknown = JSON.parse(frame.data)
    expect(data).toMatchObject({ at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) })
    expect(data).not.toHaveProperty('type')
  }
})
