import { expect, test } from 'vitest'
import { Problem, Run } from '#shared/api.ts'
import { foldAll } from '#shared/fold-run.ts'
import { messageText } from '#shared/message-text.ts'
import { isEnding } from '#shared/run-event.ts'
import type { Item } from '../upstream/types.ts'
import {
  aborted,
  answerItem,
  collect,
  hangsAfter,
  readEvents,
  says,
  startRuns,
  textOf,
  token,
} from '../testing/runs.ts'
import { search } from '../testing/search.ts'

test('a run is numbered from 1 without gaps, opens with run and ends with done', async () => {
  const tally = await startRuns(says('Hel', 'lo'))
  const run = await tally.say('Hi')
  const events = await tally.ended(run.id)
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  expect(events.map(({ event }) => event.type)).toEqual(['run', 'token', 'token', 'done'])
  expect(await tally.run(run.id)).toMatchObject({ status: 'completed', lastSeq: 4 })
})

test('the stored message is the fold of the events', async () => {
  const tally = await startRuns(says('Hel', 'lo'))
  const run = await tally.say('Hi')
  const { message } = foldAll(await tally.ended(run.id))
  const { messages } = await tally.conversation(run.conversationId)
  expect(messages.at(-1)).toEqual({
    ...message,
    parentId: run.userMessageId,
    siblingIds: [run.messageId],
  })
})

test('asking for events is answered with them, with the headers of a stream', async () => {
  const tally = await startRuns(says('Hello'))
  const { id } = await tally.create()
  const accept = { Accept: 'text/event-stream' }
  const response = await tally.send('POST', `/api/conversations/${id}/runs`, { text: 'Hi' }, accept)
  expect(response.status).toBe(200)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  expect(response.headers.has('content-encoding')).toBe(false)
  expect(textOf(await collect(readEvents(response)))).toBe('Hello')
})

test('asking for JSON, or for nothing in particular, is answered with the run', async () => {
  const tally = await startRuns(hangsAfter('Hello'))
  for (const accept of ['application/json', '*/*']) {
    const { id } = await tally.create()
    const response = await tally.send(
      'POST',
      `/api/conversations/${id}/runs`,
      { text: 'Hi' },
      { Accept: accept },
    )
    const run = Run.parse(await response.json())
    expect(response.status).toBe(202)
    expect(response.headers.get('location')).toBe(`/api/runs/${run.id}`)
    expect(run).toMatchObject({ conversationId: id, status: 'running', endedAt: null })
  }
})

test('stop ends the run once, keeps its text, and changes nothing when it has ended', async () => {
  const tally = await startRuns(hangsAfter('Half'))
  const run = await tally.say('Hi')
  for await (const { event } of tally.follow(run.id)) if (event.type === 'token') break
  const answers = await Promise.all(
    [1, 2, 3].map(() => tally.send('POST', `/api/runs/${run.id}/stop`)),
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  const events = await tally.ended(run.id)
  expect(events.filter(({ event }) => isEnding(event))).toEqual([events.at(-1)])
  expect(events.at(-1)?.event).toMatchObject({ status: 'stopped' })
  const late = await tally.send('POST', `/api/runs/${run.id}/stop`)
  expect(Run.parse(await late.json())).toMatchObject({ status: 'stopped', lastSeq: events.length })
  expect(await tally.ended(run.id)).toEqual(events)
})

test('a run that fails halfway says why, keeps its text, and goes to the model as incomplete', async () => {
  const histories: Item[][] = []
  const tally = await startRuns(async (run) => {
    histories.push(run.history)
    if (histories.length > 1) return says('Better')(run)
    await run.emit(token('Half of '))
    return { status: 'failed', code: 'upstream', message: 'The provider is gone.', retryable: true }
  })
  const run = await tally.say('Hi')
  const events = await tally.ended(run.id)
  expect(events.map(({ event }) => event.type)).toEqual(['run', 'token', 'error', 'done'])
  expect(events.at(-1)?.event).toMatchObject({ status: 'failed' })
  await tally.ended((await tally.start(run.conversationId, { text: 'Go on' })).id)
  expect(histories[1]).toEqual([
    { type: 'message', role: 'user', content: 'Hi' },
    { ...answerItem('Half of '), status: 'incomplete' },
    { type: 'message', role: 'user', content: 'Go on' },
  ])
})

test('an agent that throws is one failed run and no more', async () => {
  const tally = await startRuns(async (run) => {
    if (run.history.length > 1) return says('Fine')(run)
    throw new TypeError('a bug with a secret in it')
  })
  const run = await tally.say('Hi')
  const events = await tally.ended(run.id)
  expect(events.map(({ event }) => event.type)).toEqual(['run', 'error', 'done'])
  expect(JSON.stringify(events)).not.toContain('secret')
  const next = await tally.start(run.conversationId, { text: 'Again' })
  expect(textOf(await tally.ended(next.id))).toBe('Fine')
})

test('a conversation has one active run, and says so', async () => {
  const tally = await startRuns(hangsAfter('…'))
  const run = await tally.say('Hi')
  const second = await tally.send('POST', `/api/conversations/${run.conversationId}/runs`, {
    text: 'And?',
  })
  expect(second.status).toBe(409)
  expect(Problem.parse(await second.json()).code).toBe('run_active')
  expect((await tally.conversation(run.conversationId)).activeRunId).toBe(run.id)
})

test('twenty submits with one key at the same moment are one run', async () => {
  let started = 0
  const tally = await startRuns(async (run) => {
    started += 1
    await aborted(run.signal)
    return { status: 'stopped' }
  })
  const { id } = await tally.create()
  const headers = { 'Idempotency-Key': 'one-submit' }
  const submit = (text: string) =>
    tally.send('POST', `/api/conversations/${id}/runs`, { text }, headers)
  const answers = await Promise.all(Array.from({ length: 20 }, () => submit('Hi')))
  const runs = await Promise.all(answers.map(async (answer) => Run.parse(await answer.json())))
  expect(new Set(runs.map((run) => run.id)).size).toBe(1)
  expect(started).toBe(1)
  expect((await tally.conversation(id)).messages).toHaveLength(2)
  const other = await submit('Something else')
  expect(Problem.parse(await other.json()).code).toBe('idempotency_conflict')
  await tally.send('POST', `/api/runs/${runs[0]?.id ?? ''}/stop`)
  await tally.ended(runs[0]?.id ?? '')
  expect(Run.parse(await (await submit('Hi')).json()).id).toBe(runs[0]?.id)
})

test.each([
  [{}, 'bad_request'],
  [{ text: ' ' }, 'bad_request'],
  [{ text: 'a', retryOf: 'b' }, 'bad_request'],
  [{ retryOf: 'b', parentId: 'c' }, 'bad_request'],
  [{ text: 'a', timeZone: 'Mars/Base' }, 'bad_request'],
  [{ text: 'a', agent: 'nobody' }, 'agent_not_found'],
  [{ text: 'a', provider: 'nobody' }, 'provider_not_found'],
  [{ text: 'a', parentId: 'nothing' }, 'message_not_found'],
  [{ retryOf: 'nothing' }, 'message_not_found'],
])('the submit %j is refused as %s and leaves nothing', async (body, code) => {
  const tally = await startRuns(says('never'))
  const { id } = await tally.create()
  const refused = await tally.send('POST', `/api/conversations/${id}/runs`, body)
  expect(Problem.parse(await refused.json()).code).toBe(code)
  expect((await tally.conversation(id)).messages).toEqual([])
})

test('another answer stands beside the first, sees the same history and is selected', async () => {
  const histories: Item[][] = []
  const tally = await startRuns(async (run) => {
    histories.push(run.history)
    return says(`Answer ${histories.length}`)(run)
  })
  const first = await tally.say('Hi')
  await tally.ended(first.id)
  const second = await tally.start(first.conversationId, { retryOf: first.messageId })
  await tally.ended(second.id)
  expect(second.userMessageId).toBe(first.userMessageId)
  expect(histories[1]).toEqual(histories[0])
  const { messages } = await tally.conversation(first.conversationId)
  expect(messages.map(messageText)).toEqual(['Hi', 'Answer 2'])
  expect(messages[1]?.siblingIds).toEqual([first.messageId, second.messageId])
})

test('a search of earlier messages does not find the question that asked for it', async () => {
  const found: string[] = []
  const tally = await startRuns(async (run) => {
    await expect
      .poll(async () => (await search(tally.parts.db, 'lighthouse')).length)
      .toBe(asked.push(run.runId))
    const hits = await run.searchMessages('lighthouse', 9)
    found.push(hits.map(({ snippet }) => snippet).join(' | '))
    return says('Noted')(run)
  })
  const asked: string[] = []
  for (const text of ['The lighthouse is red.', 'What about the lighthouse?']) {
    await tally.ended((await tally.say(text)).id)
  }
  expect(found).toEqual(['', 'The lighthouse is red.'])
})
