import { expect, test } from 'vitest'
import { Problem } from '#shared/api.ts'
import { messageText } from '#shared/message-text.ts'
import { hangsAfter, says, type StartedRuns, startRuns } from '../testing/runs.ts'
import { search } from '../testing/search.ts'
import { purgeMessages } from './deletion-store.ts'

async function talk(tally: StartedRuns, id: string, ...questions: string[]) {
  const runs = []
  for (const text of questions) {
    const run = await tally.start(id, { text })
    await tally.ended(run.id)
    runs.push(run)
  }
  return runs
}

const remove = (tally: StartedRuns, id: string, scope = 'message') =>
  tally.send('DELETE', `/api/messages/${id}?scope=${scope}`)
const restore = (tally: StartedRuns, id: string) =>
  tally.send('POST', `/api/messages/${id}/restore`)

async function texts(tally: StartedRuns, id: string): Promise<string[]> {
  return (await tally.conversation(id)).messages.map(messageText)
}

async function codeOf(response: Response): Promise<[number, string]> {
  return [response.status, Problem.parse(await response.json()).code]
}

test('a question goes with its answers, and what followed takes its place', async () => {
  const tally = await startRuns(says('Answer'))
  const { id } = await tally.create()
  const [, second] = await talk(tally, id, 'One', 'Two', 'Three')
  const before = await tally.conversation(id)

  expect((await remove(tally, second?.userMessageId ?? '')).status).toBe(204)
  expect(await texts(tally, id)).toEqual(['One', 'Answer', 'Three', 'Answer'])
  await talk(tally, id, 'Four')
  expect(await texts(tally, id)).toHaveLength(6)
  expect((await remove(tally, second?.userMessageId ?? '')).status).toBe(404)
  const answer = second?.messageId ?? ''
  for (const refused of [
    await tally.send('POST', `/api/messages/${answer}/continue`, {}),
    await tally.send('PATCH', `/api/conversations/${id}`, { selectedMessageId: answer }),
    await tally.send('POST', `/api/conversations/${id}/runs`, { text: 'Hi', parentId: answer }),
    await tally.send('POST', `/api/conversations/${id}/runs`, { retryOf: answer }),
    await tally.request(`/api/messages/${answer}`),
  ]) {
    expect(await codeOf(refused)).toEqual([404, 'message_not_found'])
  }

  expect((await restore(tally, second?.userMessageId ?? '')).status).toBe(200)
  const after = await tally.conversation(id)
  expect(after.messages.slice(0, 6)).toEqual(before.messages)
  expect(after.messages.at(6)?.parentId).toBe(before.messages.at(5)?.id)
  expect((await restore(tally, second?.userMessageId ?? '')).status).toBe(404)
  const damaged = await tally.request(`/api/conversations/${id}`)
  expect(await damaged.text()).not.toContain('damaged')
})

test('an answer goes alone, and its question can be answered again', async () => {
  const tally = await startRuns(says('Answer'))
  const { id } = await tally.create()
  const [first, second] = await talk(tally, id, 'One', 'Two')
  await remove(tally, second?.messageId ?? '')
  expect(await texts(tally, id)).toEqual(['One', 'Answer', 'Two'])
  const again = await tally.start(id, { retryOf: second?.userMessageId ?? '' })
  await tally.ended(again.id)
  expect(again.userMessageId).toBe(second?.userMessageId)
  expect(await texts(tally, id)).toEqual(['One', 'Answer', 'Two', 'Answer'])

  await remove(tally, first?.messageId ?? '')
  expect(await texts(tally, id)).toEqual(['One', 'Two', 'Answer'])
  const edited = await tally.start(id, { text: 'Two!', parentId: first?.userMessageId ?? '' })
  await tally.ended(edited.id)
  expect(await texts(tally, id)).toEqual(['One', 'Two!', 'Answer'])
  await restore(tally, first?.messageId ?? '')
  const { messages } = await tally.conversation(id)
  expect(messages.map(messageText)).toEqual(['One', 'Two!', 'Answer'])
})

test('deleting a branch shows the version beside it, else the end of what is left', async () => {
  const tally = await startRuns(says('Answer'))
  const { id } = await tally.create()
  const [first] = await talk(tally, id, 'One', 'Two')
  const edited = await tally.start(id, { text: 'Two!', parentId: first?.messageId ?? '' })
  await tally.ended(edited.id)
  await talk(tally, id, 'Three')
  const before = await tally.conversation(id)

  await remove(tally, edited.userMessageId, 'branch')
  const left = await tally.conversation(id)
  expect(left.messages.map(messageText)).toEqual(['One', 'Answer', 'Two', 'Answer'])
  expect(left.messages[2]?.siblingIds).toHaveLength(1)
  const found = await tally.request(`/api/conversations/${id}/export?format=jsonl`)
  expect(await found.text()).not.toContain('Three')
  await expect.poll(() => search(tally.parts.db, 'One')).toHaveLength(1)
  expect(await search(tally.parts.db, 'Three')).toEqual([])
  await restore(tally, edited.userMessageId)
  expect(await tally.conversation(id)).toEqual(before)

  await remove(tally, first?.userMessageId ?? '', 'branch')
  expect(await texts(tally, id)).toEqual([])
  await talk(tally, id, 'Afresh')
  expect(await texts(tally, id)).toEqual(['Afresh', 'Answer'])
})

test('a deletion inside another one is undone after it', async () => {
  const tally = await startRuns(says('Answer'))
  const { id } = await tally.create()
  const [first, second] = await talk(tally, id, 'One', 'Two', 'Three')
  await remove(tally, second?.messageId ?? '', 'branch')
  await remove(tally, first?.userMessageId ?? '', 'branch')
  expect(await codeOf(await restore(tally, second?.messageId ?? ''))).toEqual([
    404,
    'message_not_found',
  ])
  await restore(tally, first?.userMessageId ?? '')
  expect(await texts(tally, id)).toEqual(['One', 'Answer', 'Two'])
  await restore(tally, second?.messageId ?? '')
  expect(await texts(tally, id)).toHaveLength(6)
})

test('an answer that is being written is stopped before it is deleted', async () => {
  const tally = await startRuns(hangsAfter('Half'))
  const run = await tally.say('Hi')
  await expect.poll(async () => (await tally.run(run.id)).lastSeq).toBeGreaterThan(1)
  expect((await remove(tally, run.messageId)).status).toBe(204)
  expect((await tally.run(run.id)).status).toBe('stopped')
  const { messages, activeRunId } = await tally.conversation(run.conversationId)
  expect([messages.map(messageText), activeRunId]).toEqual([['Hi'], null])
})

test('purging frees what was deleted, in any order, and keeps the money', async () => {
  const tally = await startRuns(says('Answer'))
  const { db } = tally.parts
  const { id } = await tally.create()
  const [first, second, third] = await talk(tally, id, 'One', 'Two', 'Three', 'Four')
  await remove(tally, third?.messageId ?? '', 'branch')
  await remove(tally, second?.userMessageId ?? '')
  await purgeMessages(db, () => false)
  expect(await db.kysely.selectFrom('messages').select('id').execute()).toHaveLength(8)
  await purgeMessages(db, () => true)
  const left = async (table: 'messages' | 'items' | 'runs') =>
    (await db.kysely.selectFrom(table).selectAll().execute()).length
  expect([await left('messages'), await left('items'), await left('runs')]).toEqual([3, 3, 1])
  expect(await db.kysely.selectFrom('message_deletions').selectAll().execute()).toEqual([])
  expect(await texts(tally, id)).toEqual(['One', 'Answer', 'Three'])
  expect((await restore(tally, second?.userMessageId ?? '')).status).toBe(404)
  await remove(tally, first?.userMessageId ?? '', 'branch')
  await tally.send('DELETE', `/api/conversations/${id}`)
  expect((await restore(tally, first?.userMessageId ?? '')).status).toBe(404)
})

test('what there is not is refused', async () => {
  const tally = await startRuns(says('Answer'))
  const run = await tally.say('Hi')
  await tally.ended(run.id)
  expect(await codeOf(await remove(tally, run.messageId, 'all'))).toEqual([400, 'bad_request'])
  for (const refused of [
    await remove(tally, 'nothing'),
    await restore(tally, run.messageId),
    await tally.send('POST', '/api/messages/nothing/branch'),
  ]) {
    expect(await codeOf(refused)).toEqual([404, 'message_not_found'])
  }
})
