import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { Problem } from '#shared/api.ts'
import { HEARTBEAT } from '#shared/sse.ts'
import {
  aborted,
  collect,
  hangsAfter,
  says,
  type StartedRuns,
  startRuns,
  textOf,
  token,
} from '../testing/runs.ts'

test('a reader gets what comes after its cursor, from the query or from Last-Event-ID', async () => {
  const tally = await startRuns(says('a', 'b', 'c'))
  const run = await tally.say('Hi')
  const all = await tally.ended(run.id)
  for (const after of [0, 1, 3, all.length - 1]) {
    expect(await eventsOf(tally, run.id, after)).toEqual(all.slice(after))
    // The header is newer: the address is the one of the first connection.
    const headers = { 'Last-Event-ID': String(after) }
    const response = await tally.request(`/api/runs/${run.id}/events?after=0`, { headers })
    expect((await response.text()).match(/^id: /gm)).toHaveLength(all.length - after)
  }
})

test('a finished run with nothing left answers 204', async () => {
  const tally = await startRuns(says('a'))
  const run = await tally.say('Hi')
  const { length } = await tally.ended(run.id)
  const response = await tally.request(`/api/runs/${run.id}/events?after=${length}`)
  expect([response.status, await response.text()]).toEqual([204, ''])
})

test('HEAD on a stream answers its headers and ends, also while the run goes on', async () => {
  const tally = await startRuns(hangsAfter('a'))
  const run = await tally.say('Hi')
  const response = await tally.request(`/api/runs/${run.id}/events`, { method: 'HEAD' })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(await response.text()).toBe('')
  expect(tally.parts.runs.parts.log.followers(run.id)).toBe(0)
})

test('a cursor that is no seq of the run is refused', async () => {
  const tally = await startRuns(says('a'))
  const run = await tally.say('Hi')
  const { length } = await tally.ended(run.id)
  const beyond = String(length + 1)
  for (const after of ['-1', '1.5', 'x', '', '0x1', '1e0', ' 1', beyond, '9'.repeat(30)]) {
    const path = `/api/runs/${run.id}/events?after=${encodeURIComponent(after)}`
    const response = await tally.request(path)
    expect([after, response.status]).toEqual([after, 400])
    expect(Problem.parse(await response.json()).code).toBe('invalid_cursor')
  }
})

test('a run that is not there cannot be followed, stopped or looked at', async () => {
  const tally = await startRuns(says('a'))
  const answers = [
    await tally.request('/api/runs/nothing'),
    await tally.request('/api/runs/nothing/events'),
    await tally.send('POST', '/api/runs/nothing/stop'),
  ]
  for (const answer of answers) {
    expect(answer.status).toBe(404)
    expect(Problem.parse(await answer.json()).code).toBe('run_not_found')
  }
})

test('events that are not kept any more are gone, and the message is not', async () => {
  const tally = await startRuns(says('a'))
  const run = await tally.say('Hi')
  const { length } = await tally.ended(run.id)
  const old = '2020-01-01T00:00:00.000Z'
  await tally.parts.db.transaction((trx) =>
    trx.updateTable('runs').set({ ended_at: old }).where('id', '=', run.id).execute(),
  )
  const { folder } = tally.parts
  await tally.parts.end()
  const next = await startRuns(says('b'), { folder })
  await next.parts.end()
  const later = await startRuns(says('b'), { folder })
  expect((await later.request(`/api/runs/${run.id}/events`)).status).toBe(410)
  expect((await later.request(`/api/runs/${run.id}/events?after=${length}`)).status).toBe(204)
  const { messages } = await later.conversation(run.conversationId)
  expect(messages.at(-1)?.parts).toEqual([{ type: 'text', text: 'a' }])
})

test('a silent stream is kept alive with comments', async () => {
  const tally = await startRuns(hangsAfter('a'), { heartbeatMs: 5 })
  const run = await tally.say('Hi')
  const response = await tally.request(`/api/runs/${run.id}/events`)
  let text = ''
  for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += piece
    if (text.split(HEARTBEAT).length > 4) break
  }
  expect(text).toMatch(/event: token/)
})

test('a reader that does not drain is dropped, and the run goes on without it', async () => {
  const release = Promise.withResolvers<void>()
  const tally = await startRuns(
    async (run) => {
      for (let n = 0; n < 40; n += 1) await run.emit(token('x'.repeat(500_000)))
      await release.promise
      await run.emit(token('end'))
      return { status: 'completed' }
    },
    { stallMs: 50 },
  )
  const run = await tally.say('Hi')
  const socket = rawRequest(tally, `/api/runs/${run.id}/events`)
  await once(socket, 'connect')
  // It never reads. The server lets go of it by itself.
  await until(() => tally.parts.runs.parts.log.followers(run.id) === 1)
  await until(() => tally.parts.runs.parts.log.followers(run.id) === 0)
  release.resolve()
  await until(() => tally.parts.runs.parts.log.folded(run.id) === null)
  expect(await tally.run(run.id)).toMatchObject({ status: 'completed' })
}, 30_000)

test('streams beyond what one address may hold are refused with when to come back', async () => {
  const tally = await startRuns(hangsAfter('a'), { maxStreamsPerAddress: 2 })
  const run = await tally.say('Hi')
  const readers = [new AbortController(), new AbortController()]
  for (const { signal } of readers) await tally.request(`/api/runs/${run.id}/events`, { signal })
  const refused = await tally.request(`/api/runs/${run.id}/events`)
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('5')
  expect(Problem.parse(await refused.json()).code).toBe('too_many_streams')
  // What is no stream still gets through, and whoever leaves makes room.
  expect((await tally.run(run.id)).status).toBe('running')
  readers[0]?.abort()
  await until(() => tally.parts.runs.parts.log.followers(run.id) === 1)
  const again = await tally.request(`/api/runs/${run.id}/events`, {
    signal: readers[1]?.signal ?? null,
  })
  expect(again.status).toBe(200)
  readers[1]?.abort()
})

test('several runs are followed in one stream, and what cannot be followed is over at once', async () => {
  const tally = await startRuns(says('a', 'b'))
  const [first, second] = [await tally.say('Hi'), await tally.say('Ho')]
  const all = [await tally.ended(first.id), await tally.ended(second.id)]
  const wanted = [`${first.id}:0`, `${second.id}:2`, 'nothing:0', `${first.id}x:1`]
  const query = wanted.map((run) => `run=${run}`).join('&')
  const text = await (await tally.request(`/api/events?${query}`)).text()
  expect(text.match(/^id: \d+$/gm)).toHaveLength((all[0]?.length ?? 0) + (all[1]?.length ?? 0) - 2)
  expect(text.match(/^event: source_end$/gm)).toHaveLength(wanted.length)
  for (const bad of ['', `?${'run=x:0&'.repeat(101)}`]) {
    expect((await tally.request('/api/events' + bad)).status).toBe(400)
  }
})

test('a reader that leaves stops nothing and leaves nothing behind', async () => {
  const release = Promise.withResolvers<void>()
  const tally = await startRuns(async (run) => {
    await run.emit(token('Half'))
    await release.promise
    await run.emit(token(' and half'))
    return run.signal.aborted ? { status: 'stopped' } : { status: 'completed' }
  })
  const run = await tally.say('Hi')
  for await (const { event } of tally.follow(run.id)) if (event.type === 'token') break
  await until(() => tally.parts.runs.parts.log.followers(run.id) === 0)
  release.resolve()
  const events = await tally.ended(run.id)
  expect(textOf(events)).toBe('Half and half')
  expect(events.at(-1)?.event).toMatchObject({ status: 'completed' })
})

test('a message under way is folded up to where a reader goes on', async () => {
  const tally = await startRuns(hangsAfter('Half'))
  const run = await tally.say('Hi')
  for await (const { event } of tally.follow(run.id)) if (event.type === 'token') break
  const { messages, activeRunId } = await tally.conversation(run.conversationId)
  expect(activeRunId).toBe(run.id)
  expect(messages.at(-1)).toMatchObject({
    id: run.messageId,
    parentId: run.userMessageId,
    runId: run.id,
    status: 'running',
    parts: [{ type: 'text', text: 'Half' }],
    lastSeq: 2,
  })
  await tally.send('POST', `/api/runs/${run.id}/stop`)
  const rest = await eventsOf(tally, run.id, 2)
  expect(rest.map(({ event }) => event.type)).toEqual(['done'])
})

test('at the end of the process readers are asked to come back, and runs are ended first', async () => {
  let sawStop = false
  const tally = await startRuns(async (run) => {
    await run.emit(token('Half'))
    await aborted(run.signal)
    sawStop = true
    return { status: 'stopped' }
  })
  const run = await tally.say('Hi')
  const response = await tally.request(`/api/runs/${run.id}/events`)
  const reading = response.text()
  for await (const { event } of tally.follow(run.id)) if (event.type === 'token') break
  const { folder, end } = tally.parts
  await end()
  const text = await reading
  expect(sawStop).toBe(true)
  expect(text).toMatch(/event: reconnect\ndata: .*\n\n$/)
  expect(text.split('event: reconnect')[1]).not.toMatch(/^id:/m)

  const next = await startRuns(says(), { folder })
  const events = await next.ended(run.id)
  expect(events.at(-1)?.event).toMatchObject({ type: 'done', status: 'interrupted' })
})

function eventsOf(tally: StartedRuns, runId: string, after: number) {
  return collect(tally.follow(runId, after))
}

function rawRequest(tally: StartedRuns, path: string): Socket {
  const { hostname, port, host } = new URL(tally.url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => {})
  socket.pause()
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
  return socket
}

/** Every turn of the event loop is a chance for it to become true. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}
