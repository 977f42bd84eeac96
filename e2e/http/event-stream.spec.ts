import { foldAll } from '#shared/fold-run.ts'
import { messageText } from '#shared/message-text.ts'
import { readEvents, readFrames } from '../api.ts'
import { expect, test } from '../fixtures.ts'

test('the events of a run are numbered, fold to the stored message, and come from any cursor', async ({
  api,
}) => {
  const run = await api.say('What is 17 times 23?')
  const events = await api.ended(run)
  const last = events.length
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  expect(events[0]?.event).toMatchObject({
    type: 'run',
    runId: run.id,
    conversationId: run.conversationId,
    messageId: run.messageId,
  })
  expect(events.filter(({ event }) => event.type === 'done')).toEqual([events.at(-1)])
  expect(events.at(-1)?.event).toMatchObject({ type: 'done', status: 'completed' })

  const { message } = foldAll(events)
  const conversation = await api.conversation(run.conversationId)
  const { siblingIds, ...stored } = conversation.messages.at(-1) ?? {}
  expect(siblingIds).toEqual([run.messageId])
  expect(stored).toEqual({ ...message, parentId: run.userMessageId })
  expect(message && messageText(message)).not.toBe('')

  for (const after of [0, 1, Math.floor(last / 2), last - 1]) {
    const byQuery = await Array.fromAsync(api.follow(run.id, after))
    expect(byQuery).toEqual(events.slice(after))
    const byHeader = await api.request(`/api/runs/${run.id}/events`, {
      headers: { 'last-event-id': String(after) },
    })
    expect(await Array.fromAsync(readEvents(byHeader))).toEqual(events.slice(after))
  }
  const nothing = await api.request(`/api/runs/${run.id}/events?after=${last}`)
  expect(nothing.status).toBe(204)
  expect(await nothing.text()).toBe('')

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

  // A frame has the type as event, the seq as id and the rest as data.
  const frames = await Array.fromAsync(readFrames(await api.request(`/api/runs/${run.id}/events`)))
  expect(frames).toHaveLength(last)
  for (const [index, frame] of frames.entries()) {
    expect(frame.id).toBe(String(index + 1))
    const data: unknown = JSON.parse(frame.data)
    expect(data).toMatchObject({ at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) })
    expect(data).not.toHaveProperty('type')
  }
})

test('a submit is answered with the events or with the run, and a repeated one with the same', async ({
  api,
}) => {
  const { id } = await api.createConversation()
  const submit = async () => {
    const headers = { accept: 'text/event-stream', 'idempotency-key': 'sent-twice' }
    return api.post(`/api/conversations/${id}/runs`, { text: 'Hello' }, headers)
  }
  const response = await submit()
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  const streamed = await Array.fromAsync(readEvents(response))
  const started = streamed[0]?.event
  if (started?.type !== 'run') throw new Error('The first event is not `run`.')
  expect(streamed.at(-1)?.event).toMatchObject({ type: 'done', status: 'completed' })
  expect(streamed).toEqual(await api.ended({ id: started.runId }))

  expect(await Array.fromAsync(readEvents(await submit()))).toEqual(streamed)
  expect((await api.conversation(id)).messages).toHaveLength(2)

  const headers = { accept: 'application/json' }
  const json = await api.post(`/api/conversations/${id}/runs`, { text: 'Again' }, headers)
  expect(json.status).toBe(202)
  expect(json.headers.get('content-type')).toMatch(/^application\/json/)
  expect(await json.json()).toMatchObject({ conversationId: id, status: 'running' })
})
