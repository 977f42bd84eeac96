import { expect, test } from 'vitest'
import { ConversationBilled } from '#shared/billed.ts'
import { chats } from '../../e2e/scripts.ts'
import { heldTally, type HeldTally, MODEL } from '../testing/budgets.ts'

const costs = (prompt_tokens: number) => ({
  model: MODEL,
  usage: { prompt_tokens, completion_tokens: 10, total_tokens: prompt_tokens + 10 },
})

async function billed(tally: HeldTally, id: string): Promise<ConversationBilled> {
  return ConversationBilled.parse(
    await (await tally.request(`/api/conversations/${id}/billed`)).json(),
  )
}

test('a conversation’s cost includes other branches, deleted answers and its title', async () => {
  const { tally } = await heldTally(chats(costs(100), costs(200), costs(400)), {}, { titles: true })
  const first = await tally.say('Hello')
  await tally.ended(first.id)
  const { conversationId } = first
  const second = await tally.start(conversationId, { retryOf: first.messageId })
  await tally.ended(second.id)
  const third = await tally.start(conversationId, { retryOf: first.messageId })
  await tally.ended(third.id)
  await expect.poll(async () => (await billed(tally, conversationId)).other.calls).toBe(1)

  const before = await billed(tally, conversationId)
  expect(before).toMatchObject({
    branch: { calls: 1, inputTokens: 400 },
    otherBranches: { calls: 2, inputTokens: 300 },
    deleted: { calls: 0, costNanoUsd: 0 },
    other: { calls: 1 },
  })
  expect(before.all).toEqual((await tally.conversation(conversationId)).totals)

  await tally.parts.db.transaction((trx) =>
    trx.deleteFrom('messages').where('id', '=', first.messageId).execute(),
  )
  const after = await billed(tally, conversationId)
  expect(after).toMatchObject({
    deleted: { inputTokens: 100 },
    otherBranches: { inputTokens: 200 },
  })
  expect(after.all).toEqual(before.all)
})

test('a conversation without an answer has cost nothing', async () => {
  const { tally } = await heldTally({}, {})
  const { id } = await tally.create()
  expect(await billed(tally, id)).toMatchObject({ all: { calls: 0, costNanoUsd: 0 } })
  expect((await tally.request('/api/conversations/nothing/billed')).status).toBe(404)
})
