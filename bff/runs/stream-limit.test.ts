// Who takes the place of a stream, and who does not.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { writeEvents } from './event-stream.ts'
import { aborted, hangsAfter, startRuns } from '../testing/runs.ts'

test('a submit whose stream has no room starts no run', async () => {
  const tally = await startRuns(hangsAfter('a'), { maxStreamsPerAddress: 1 })
  const run = await tally.say('Hi')
  const reader = new AbortController()
  await tally.request(`/api/runs/${run.id}/events`, { signal: reader.signal })
  const { id } = await tally.create()
  const submit = () =>
    tally.send(
      'POST',
      `/api/conversations/${id}/runs`,
      { text: 'Hi' },
      { Accept: 'text/event-stream' },
    )
  expect((await submit()).status).toBe(429)
  expect(await tally.conversation(id)).toMatchObject({ messages: [], activeRunId: null })
  // What is refused for another reason leaves its place to others.
  reader.abort()
  await expect.poll(() => tally.parts.runs.parts.log.followers(run.id)).toBe(0)
  const refused = await tally.send(
    'POST',
    `/api/conversations/${run.conversationId}/runs`,
    { text: 'Hi' },
    { Accept: 'text/event-stream' },
  )
  expect(refused.status).toBe(409)
  const taken = await submit()
  expect(taken.status).toBe(200)
  await taken.body?.cancel()
})

test('a reader that has left before its stream begins takes no place', async () => {
  const over = Promise.withResolvers<string>()
  const server = createServer((_, response) => {
    const follow = ({ signal }: { signal: AbortSignal }) => aborted(signal)
    const { signal: ending } = new AbortController()
    response.once('close', () => {
      void writeEvents(response, follow, { ending }).then(() => over.resolve('over'))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  const socket = connect(typeof address === 'object' ? (address?.port ?? 0) : 0, '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: tally\r\n\r\n')
  await once(server, 'request')
  socket.destroy()
  expect(await over.promise).toBe('over')
})
