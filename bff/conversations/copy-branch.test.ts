import { expect, test } from 'vitest'
import { Conversation, Problem, Receipt } from '#shared/api.ts'
import { ConversationBilled } from '#shared/billed.ts'
import { MessageVersion } from '#shared/messages.ts'
import { messageText } from '#shared/message-text.ts'
import type { Answer } from '../../e2e/fake-answer.ts'
import { chats } from '../../e2e/scripts.ts'
import { checksumOf } from '../db/checksum.ts'
import { heldTally, MODEL } from '../testing/budgets.ts'
import { hangsAfter, says, type StartedRuns, startRuns } from '../testing/runs.ts'
import { turnsDuring } from '../testing/turns-during.ts'
import { copyBranch } from './copy-branch.ts'
import { purgeConversations } from './change-store.ts'

const costs = (...parts: NonNullable<Answer['parts']>): Answer => ({
  parts,
  model: MODEL,
  usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 },
})
const SUM = {
  call: { name: 'calculate', arguments: { expression: '12345 + 54321' }, id: 'call-1' },
}

async function branch(tally: StartedRuns, id: string, key?: string): Promise<Conversation> {
  const headers = key === undefined ? {} : { 'Idempotency-Key': key }
  const answer = await tally.send('POST', `/api/messages/${id}/branch`, undefined, headers)
  expect(answer.status).toBe(201)
  return Conversation.parse(await answer.json())
}

async function receipt(tally: StartedRuns, runId: string | null | undefined): Promise<Receipt> {
  return Receipt.parse(await (await tally.request(`/api/runs/${runId}/calls`)).json())
}

async function billed(tally: StartedRuns, id: string): Promise<ConversationBilled> {
  const path = `/api/conversations/${id}/billed`
  return ConversationBilled.parse(await (await tally.request(path)).json())
}

test('a branch goes on as its original would, and is billed for nothing again', async () => {
  const { tally, upstream } = await heldTally(
    chats(
      costs(SUM),
      costs({ text: 'The sum is 66666.' }),
      costs({ text: 'Never copied.' }),
      costs({ text: 'Good.' }),
      costs({ text: 'Again.' }),
    ),
    {},
  )
  const { id } = await tally.create({ title: 'Sums', settings: { temperature: 0.3 } })
  const first = await tally.start(id, { text: 'Add them' })
  await tally.ended(first.id)
  const drop = { messageId: first.messageId, callId: 'call-1', dropped: true }
  await tally.send('PATCH', `/api/conversations/${id}/context`, drop)
  await tally.ended((await tally.start(id, { text: 'Later' })).id)
  // An imported conversation is known by its id in the other product, which the copy does not take.
  await tally.parts.db.transaction((trx) =>
    trx.updateTable('conversations').set('external_id', 'chatgpt:1').where('id', '=', id).execute(),
  )

  const made = await branch(tally, first.messageId)
  expect(made).toMatchObject({
    title: 'Sums (branch)',
    settings: { temperature: 0.3 },
    agent: 'assistant',
    totals: { calls: 0, costNanoUsd: 0 },
  })
  expect(made.messages.map(messageText)).toEqual(['Add them', 'The sum is 66666.'])
  const [, original] = (await tally.conversation(id)).messages
  const [, copy] = made.messages
  expect(copy?.id).not.toBe(original?.id)
  expect(copy).toMatchObject({ parts: original?.parts, totals: original?.totals })
  const { bookedIn, ...booked } = await receipt(tally, copy?.runId)
  expect(booked).toEqual(await receipt(tally, original?.runId))
  expect(bookedIn).toEqual({ conversationId: id, title: 'Sums' })
  expect(await billed(tally, made.id)).toMatchObject({
    all: { calls: 0 },
    beforeBranching: { conversationId: id, title: 'Sums', totals: { calls: 2 } },
  })

  const next = await tally.start(made.id, { text: 'Thanks' })
  await tally.ended(next.id)
  const other = await tally.start(id, { text: 'Thanks', parentId: first.messageId })
  await tally.ended(other.id)
  const [ofCopy, ofOriginal] = upstream.calls.slice(-2).map(({ body }) => body['messages'])
  expect(ofCopy).toEqual(ofOriginal)
  expect(JSON.stringify(ofCopy)).not.toContain('66666"')
  expect((await tally.conversation(made.id)).totals.calls).toBe(1)

  const again = await tally.start(made.id, { retryOf: copy?.id ?? '' })
  await tally.ended(again.id)
  expect((await tally.conversation(made.id)).messages[1]?.siblingIds).toHaveLength(2)
  const version = await tally.request(`/api/messages/${copy?.id}`)
  const { durationMs } = MessageVersion.parse(await version.json())
  expect(durationMs).toBeGreaterThanOrEqual(0)

  await tally.send('DELETE', `/api/conversations/${id}`)
  await purgeConversations(tally.parts.db, () => true)
  expect((await receipt(tally, copy?.runId)).bookedIn).toEqual({ conversationId: id, title: null })
  expect((await receipt(tally, copy?.runId)).totals).toEqual(booked.totals)
})

test('one key makes one branch, from a question too, of a branch too', async () => {
  const tally = await startRuns(says('Answer'))
  const run = await tally.say('Hi')
  await tally.ended(run.id)
  const made = await Promise.all(
    Array.from({ length: 5 }, () => branch(tally, run.userMessageId, 'once')),
  )
  expect(new Set(made.map(({ id }) => id)).size).toBe(1)
  expect(made[0]?.messages.map(messageText)).toEqual(['Hi'])
  const headers = { 'Idempotency-Key': 'once' }
  const path = `/api/messages/${run.messageId}/branch`
  const refused = await tally.send('POST', path, undefined, headers)
  expect([refused.status, Problem.parse(await refused.json()).code]).toEqual([
    409,
    'idempotency_conflict',
  ])
  const [question] = made[0]?.messages ?? []
  const second = await branch(tally, question?.id ?? '')
  const answered = await tally.start(second.id, { retryOf: second.messages[0]?.id ?? '' })
  await tally.ended(answered.id)
  expect((await tally.conversation(second.id)).messages.map(messageText)).toEqual(['Hi', 'Answer'])
})

test('an answer that is being written is not copied', async () => {
  const tally = await startRuns(hangsAfter('Half'))
  const run = await tally.say('Hi')
  const refused = await tally.send('POST', `/api/messages/${run.messageId}/branch`)
  expect(refused.status).toBe(409)
  await branch(tally, run.userMessageId)
})

test('ten thousand messages are copied and deleted in slices', async () => {
  const tally = await startRuns(says('Answer'))
  const { db } = tally.parts
  const { id } = await tally.create()
  const last = await fill(tally, id, 10_000)
  let made = ''
  const copyTurns = await turnsDuring(async () => {
    made = await copyBranch(db, last, null)
  })
  let removed = new Response()
  const deleteTurns = await turnsDuring(async () => {
    removed = await tally.send('DELETE', '/api/messages/message-00000?scope=branch')
  })
  expect(removed.status).toBe(204)
  const copied = await db.kysely
    .selectFrom('messages')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('conversation_id', '=', made)
    .executeTakeFirst()
  expect(copied?.count).toBe(10_000)
  expect((await tally.conversation(id)).messages).toEqual([])
  // A turn ends after two milliseconds of queries; how long that is depends on the machine.
  expect(copyTurns).toBeGreaterThan(100)
  expect(deleteTurns).toBeGreaterThan(2)
})

async function fill(tally: StartedRuns, conversation: string, count: number): Promise<string> {
  const id = (n: number) => `message-${String(n).padStart(5, '0')}`
  await tally.parts.db.transaction(async (trx) => {
    for (let n = 0; n < count; n += 1) {
      const row = {
        id: id(n),
        conversation_id: conversation,
        parent_id: n === 0 ? null : id(n - 1),
        role: 'user' as const,
        status: 'completed' as const,
        parts: JSON.stringify([{ type: 'text', text: `Number ${n}` }]),
        created_at: '2026-11-01T00:00:00.000Z',
        run_id: null,
        agent: null,
        provider: null,
        model: null,
        totals: null,
      }
      const checksum = checksumOf('messages', row)
      await trx
        .insertInto('messages')
        .values({ ...row, checksum })
        .execute()
      const item = JSON.stringify({ role: 'user', content: `Number ${n}` })
      await trx
        .insertInto('items')
        .values({ conversation_id: conversation, seq: n + 1, message_id: row.id, item })
        .execute()
    }
    await trx
      .updateTable('conversations')
      .set({ selected_message_id: id(count - 1) })
      .where('id', '=', conversation)
      .execute()
  })
  return id(count - 1)
}
