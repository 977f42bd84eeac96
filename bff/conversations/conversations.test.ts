import { expect, test } from 'vitest'
import { Conversation, ConversationPage, Problem } from '#shared/api.ts'
import { messageText } from '#shared/message-text.ts'
import { hangsAfter, says, type StartedRuns, startRuns } from '../testing/runs.ts'
import { purgeConversations } from './change-store.ts'
import { UNDO_MS } from './housekeeping.ts'

async function list(tally: StartedRuns, query = ''): Promise<ConversationPage> {
  return ConversationPage.parse(await (await tally.request('/api/conversations' + query)).json())
}

const restore = (tally: Pick<StartedRuns, 'send'>, id: string) =>
  tally.send('POST', `/api/conversations/${id}/restore`)

async function codeOf(response: Response): Promise<[number, string]> {
  return [response.status, Problem.parse(await response.json()).code]
}

/** Adds questions and answers, one below the other. */
async function talk(tally: StartedRuns, id: string, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await tally.ended((await tally.start(id, { text: `Question ${n}` })).id)
  }
}

test('a conversation is created, read, renamed and deleted', async () => {
  const tally = await startRuns(says('Hello'))
  const made = await tally.create({ title: '  Trip to Oslo ', settings: { temperature: 0.3 } })
  expect(made).toMatchObject({
    title: 'Trip to Oslo',
    agent: 'assistant',
    provider: null,
    model: null,
    settings: { temperature: 0.3 },
    messages: [],
    activeRunId: null,
    previousCursor: null,
  })
  expect(await tally.conversation(made.id)).toEqual(made)
  const changes = { title: 'Trip to Bergen', model: 'm', settings: { topP: 0.5 } }
  await tally.send('PATCH', `/api/conversations/${made.id}`, changes)
  expect(await tally.conversation(made.id)).toEqual({ ...made, ...changes })
  expect((await tally.send('DELETE', `/api/conversations/${made.id}`)).status).toBe(204)
  const gone = await tally.request(`/api/conversations/${made.id}`)
  expect(await codeOf(gone)).toEqual([404, 'conversation_not_found'])
  expect((await list(tally)).items).toEqual([])
})

test('twenty concurrent requests with one key create one conversation', async () => {
  const tally = await startRuns(says('Hello'))
  const headers = { 'Idempotency-Key': 'one-chat' }
  const make = (body: object) => tally.send('POST', '/api/conversations', body, headers)
  const answers = await Promise.all(Array.from({ length: 20 }, () => make({ model: 'm' })))
  const made = await Promise.all(answers.map((answer) => answer.json()))
  const ids = new Set(made.map((one) => Conversation.parse(one).id))
  expect(ids.size).toBe(1)
  expect((await list(tally)).items).toHaveLength(1)

  expect(await codeOf(await make({ model: 'other' }))).toEqual([409, 'idempotency_conflict'])
  const again = await make({ model: 'm' })
  expect([again.status, Conversation.parse(await again.json()).id]).toEqual([201, ...ids])
  const long = { 'Idempotency-Key': 'x'.repeat(201) }
  const refused = await tally.send('POST', '/api/conversations', {}, long)
  expect(await codeOf(refused)).toEqual([400, 'bad_request'])
  expect(await codeOf(await make({ settings: { topP: 2 } }))).toEqual([400, 'bad_request'])
})

test('a key whose conversation was deleted does not create a second one', async () => {
  const tally = await startRuns(says('Hello'))
  const headers = { 'Idempotency-Key': 'one-chat' }
  const make = () => tally.send('POST', '/api/conversations', {}, headers)
  const { id } = Conversation.parse(await (await make()).json())
  await tally.send('DELETE', `/api/conversations/${id}`)
  expect(await codeOf(await make())).toEqual([404, 'conversation_not_found'])
  expect((await list(tally)).items).toEqual([])
})

test('an empty change is accepted, a change of an unknown conversation is not', async () => {
  const tally = await startRuns(says('Hello'))
  const made = await tally.create()
  const same = await tally.send('PATCH', `/api/conversations/${made.id}`, {})
  expect(await same.json()).toEqual(made)
  for (const [method, path, body] of [
    ['PATCH', '/api/conversations/nothing', { title: 'x' }],
    ['DELETE', '/api/conversations/nothing', undefined],
    ['POST', '/api/conversations/nothing/restore', undefined],
    ['POST', '/api/conversations/nothing/runs', { text: 'Hi' }],
  ] as const) {
    const response = await tally.send(method, path, body)
    expect(await codeOf(response)).toEqual([404, 'conversation_not_found'])
  }
})

test('deleting can be undone, and a deleted conversation accepts no changes', async () => {
  const tally = await startRuns(says('Hello'))
  const { id, conversationId } = await tally.say('Hi')
  await tally.ended(id)
  const before = await tally.conversation(conversationId)
  await tally.send('DELETE', `/api/conversations/${conversationId}`)
  const refused = await tally.send('POST', `/api/conversations/${conversationId}/runs`, {
    text: 'Hi',
  })
  expect(refused.status).toBe(404)
  expect(await (await restore(tally, conversationId)).json()).toEqual(before)
  expect((await list(tally)).items).toHaveLength(1)
})

test('a deleted conversation stops its run', async () => {
  const tally = await startRuns(hangsAfter('Half'))
  const run = await tally.say('Hi')
  await tally.send('DELETE', `/api/conversations/${run.conversationId}`)
  const events = await tally.ended(run.id)
  expect(events.at(-1)?.event).toMatchObject({ status: 'stopped' })
})

test('purging removes everything of a conversation except its ledger, and nothing else', async () => {
  const tally = await startRuns(says('Hello'))
  const { db } = tally.parts
  const run = await tally.say('Hi')
  await tally.ended(run.id)
  await talk(tally, run.conversationId, 15)
  const kept = await tally.say('Keep me')
  await tally.ended(kept.id)
  await db.transaction((trx) =>
    trx
      .insertInto('conversation_totals')
      .values({
        conversation_id: run.conversationId,
        calls: 1,
        input_tokens: 1,
        cached_input_tokens: 0,
        cache_write_tokens: 0,
        output_tokens: 1,
        reasoning_tokens: 0,
        cost_nano_usd: 7,
        certainty: 'computed',
        unpriced_calls: 0,
      })
      .execute(),
  )
  await tally.send('DELETE', `/api/conversations/${run.conversationId}`)
  await purgeConversations(db, () => false)
  expect((await restore(tally, run.conversationId)).status).toBe(200)
  await tally.send('DELETE', `/api/conversations/${run.conversationId}`)
  await purgeConversations(db, () => true)
  expect((await restore(tally, run.conversationId)).status).toBe(404)

  const left = async (table: 'messages' | 'items' | 'runs' | 'run_events') =>
    (await db.kysely.selectFrom(table).selectAll().execute()).length
  expect([await left('messages'), await left('items'), await left('runs')]).toEqual([2, 2, 1])
  expect(await left('run_events')).toBe((await tally.ended(kept.id)).length)
  const totals = await db.kysely.selectFrom('conversation_totals').select('cost_nano_usd').execute()
  expect(totals).toEqual([{ cost_nano_usd: 7 }])
})

test('conversations deleted long enough ago are purged at the next start, others are kept', async () => {
  const tally = await startRuns(says('Hello'))
  const [old, recent] = [await tally.create(), await tally.create()]
  for (const { id } of [old, recent]) await tally.send('DELETE', `/api/conversations/${id}`)
  const longAgo = new Date(Date.now() - UNDO_MS - 1000).toISOString()
  await tally.parts.db.transaction((trx) =>
    trx
      .updateTable('conversations')
      .set({ deleted_at: longAgo })
      .where('id', '=', old.id)
      .execute(),
  )
  await tally.parts.end()
  const next = await startRuns(says('Hello'), { folder: tally.parts.folder })
  while ((await restore(next, old.id)).status !== 404);
  expect((await restore(next, recent.id)).status).toBe(200)
})

test('the list is newest first, pages through everything once, and moves an active conversation up', async () => {
  const tally = await startRuns(says('Hello'))
  const made: string[] = []
  for (let n = 0; n < 7; n += 1) made.push((await tally.create({ title: `No. ${n}` })).id)
  await tally.ended((await tally.start(made[2] ?? '')).id)
  await tally.send('PATCH', `/api/conversations/${made[0] ?? ''}`, { title: 'Renamed' })
  const expected = [made[2], ...made.toReversed().filter((id) => id !== made[2])]

  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = await list(tally, `?limit=3${cursor && `&cursor=${cursor}`}`)
    expect(page.items.length).toBeLessThanOrEqual(3)
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  }
  expect(seen).toEqual(expected)
})

test.each([
  ['?limit=none', 'bad_request'],
  ['?limit=0', 'bad_request'],
  ['?limit=101', 'bad_request'],
  ['?cursor=%00', 'invalid_cursor'],
  ['?cursor=bm9wZQ', 'invalid_cursor'],
])('the list refuses %s', async (query, code) => {
  const tally = await startRuns(says('Hello'))
  expect(await codeOf(await tally.request('/api/conversations' + query))).toEqual([400, code])
})

test('the list shows what is active and what it cost', async () => {
  const tally = await startRuns(hangsAfter('Half'))
  const run = await tally.say('Hi')
  expect((await list(tally)).items).toMatchObject([
    { id: run.conversationId, activeRunId: run.id, totals: { calls: 0, costNanoUsd: 0 } },
  ])
  await tally.send('POST', `/api/runs/${run.id}/stop`)
  await tally.ended(run.id)
  expect((await list(tally)).items[0]?.activeRunId).toBeNull()
})

test('a long branch comes in pages of fifty messages, newest first', async () => {
  const tally = await startRuns(says('Answer'))
  const { id } = await tally.create()
  await talk(tally, id, 30)
  const newest = await tally.conversation(id)
  expect(newest.messages).toHaveLength(50)
  const older = await tally.conversation(id, `?before=${newest.previousCursor}`)
  expect(older.messages).toHaveLength(10)
  expect(older.previousCursor).toBeNull()
  const questions = [...older.messages, ...newest.messages].filter(({ role }) => role === 'user')
  expect(questions.map(messageText)).toEqual(
    Array.from({ length: 30 }, (_, index) => `Question ${index}`),
  )
  const wrong = await tally.request(`/api/conversations/${id}?before=nothing`)
  expect(await codeOf(wrong)).toEqual([400, 'invalid_cursor'])
})

test('selecting any message of a branch selects the branch to its newest end', async () => {
  const tally = await startRuns(says('Answer'))
  const first = await tally.say('First')
  await tally.ended(first.id)
  const id = first.conversationId
  await talk(tally, id, 2)
  const whole = await tally.conversation(id)
  const edited = await tally.start(id, { text: 'Edited', parentId: null })
  await tally.ended(edited.id)
  const branch = await tally.conversation(id)
  expect(branch.messages.map(messageText)).toEqual(['Edited', 'Answer'])
  expect(branch.messages[0]?.siblingIds).toEqual([first.userMessageId, edited.userMessageId])

  const select = (selectedMessageId: string) =>
    tally.send('PATCH', `/api/conversations/${id}`, { selectedMessageId })
  await select(first.userMessageId)
  const back = await tally.conversation(id)
  expect(back.messages.map(messageText)).toEqual(whole.messages.map(messageText))
  const foreign = await tally.say('Elsewhere')
  const wrong = await select(foreign.userMessageId)
  expect(await codeOf(wrong)).toEqual([404, 'message_not_found'])
})

test('a page of long answers holds fewer of them, and none is lost', async () => {
  const tally = await startRuns(says('word '.repeat(60_000)))
  const { id } = await tally.create()
  for (let n = 0; n < 8; n += 1) {
    await tally.ended((await tally.start(id, { text: `Question ${n}` })).id)
  }
  const seen: string[] = []
  let cursor: string | null = ''
  for (let pages = 1; cursor !== null; pages += 1) {
    const page: Conversation = await tally.conversation(id, cursor && `?before=${cursor}`)
    expect(JSON.stringify(page).length).toBeLessThan(1_300_000)
    expect(page.messages.length).toBeGreaterThan(1)
    seen.unshift(...page.messages.map((message) => messageText(message).slice(0, 10)))
    cursor = page.previousCursor
    expect(pages).toBeLessThan(10)
  }
  expect(seen).toEqual(Array.from({ length: 8 }, (_, n) => [`Question ${n}`, 'word word ']).flat())
})
