import { expect, test } from 'vitest'
import { Problem, type Run } from '#shared/api.ts'
import { ConversationContext } from '#shared/context.ts'
import { type ToolUse, ToolUseList, type UpdateContext } from '#shared/tool-uses.ts'
import type { Answer } from '../../e2e/fake-answer.ts'
import type { UpstreamCall } from '../../e2e/fake-upstream.ts'
import { chats, barrier } from '../../e2e/scripts.ts'
import { heldTally, type HeldTally, MODEL } from '../testing/budgets.ts'
import { purgeConversations, setDeleted } from '../conversations/change-store.ts'
import { inputCostOf } from './allocate-cost.ts'

const SUM = {
  call: { name: 'calculate', arguments: { expression: '12345 + 54321' }, id: 'call-1' },
}

/** gpt-4.1-mini: $0.40 in, $0.10 cached, $1.60 out per million tokens. */
const counted = (
  input: number,
  cached: number,
  ...parts: NonNullable<Answer['parts']>
): Answer => ({
  parts,
  model: MODEL,
  usage: {
    prompt_tokens: input,
    completion_tokens: 10,
    total_tokens: input + 10,
    prompt_tokens_details: { cached_tokens: cached },
  },
})

async function usesOf(tally: HeldTally, run: Run): Promise<ToolUse[]> {
  const path = `/api/conversations/${run.conversationId}/tool-uses?messageId=${run.messageId}`
  return ToolUseList.parse(await (await tally.request(path)).json()).items
}

function change(tally: HeldTally, run: Run, dropped: boolean): Promise<Response> {
  const body: UpdateContext = { messageId: run.messageId, callId: 'call-1', dropped }
  return tally.send('PATCH', `/api/conversations/${run.conversationId}/context`, body)
}

async function contextOf(tally: HeldTally, id: string): Promise<ConversationContext> {
  return ConversationContext.parse(
    await (await tally.request(`/api/conversations/${id}/context`)).json(),
  )
}

/** Returns the tool results that were sent to the model. */
function resultsIn({ body }: Pick<UpstreamCall, 'body'>): string[] {
  const messages = body['messages'] as { role: string; content: string }[]
  return messages.filter(({ role }) => role === 'tool').map(({ content }) => content)
}

async function added(...more: Answer[]) {
  const { tally, upstream } = await heldTally(
    chats(counted(2000, 0, SUM), counted(1000, 500, { text: 'The sum is 66666.' }), ...more),
    {},
  )
  const run = await tally.say('Add them')
  await tally.ended(run.id)
  return { tally, upstream, run }
}

test('a result is charged its share of every request that carried it', async () => {
  const { tally, run } = await added(counted(2000, 0, { text: 'Good.' }))
  const [first] = await usesOf(tally, run)
  // 500 at 400 and 500 at 100 nano-dollars: 250 for each token.
  const tokens = first?.resultTokens ?? 0
  expect(tokens).toBeGreaterThan(0)
  expect(first).toMatchObject({ name: 'calculate', callId: 'call-1', status: 'ok', reads: 1 })
  expect(first?.durationMs).toEqual(expect.any(Number))
  expect(first?.costNanoUsd).toBe(tokens * 250)

  const next = await tally.start(run.conversationId, { text: 'Thanks' })
  await tally.ended(next.id)
  expect(await usesOf(tally, run)).toMatchObject([{ reads: 2, costNanoUsd: tokens * (250 + 400) }])
  expect(await usesOf(tally, next)).toEqual([])
})

test('the model gets what the card shows: a dropped result is not sent, a restored one is', async () => {
  const { tally, upstream, run } = await added(counted(2000, 0, { text: 'Good.' }))
  const { conversationId } = run
  const say = async (text: string): Promise<string[]> => {
    const next = await tally.start(conversationId, { text })
    await tally.ended(next.id)
    return resultsIn(upstream.calls.at(-1) ?? { body: {} })
  }
  const isDropped = async (): Promise<unknown> => {
    const { messages } = await tally.conversation(conversationId)
    return messages[1]?.parts.map((part) => part.type === 'tool_call' && part.dropped)
  }
  expect(await say('Once')).toEqual([expect.stringContaining('66666')])
  const before = await usesOf(tally, run)

  expect((await change(tally, run, true)).status).toBe(200)
  expect(await isDropped()).toContain(true)
  expect(await say('Twice')).toEqual([expect.stringMatching(/dropped this result/)])
  expect(await usesOf(tally, run)).toMatchObject([{ reads: before[0]?.reads, dropped: true }])
  // The result is also dropped in another branch.
  const { messages } = await tally.conversation(conversationId)
  const again = await tally.start(conversationId, { retryOf: messages.at(-1)?.id ?? '' })
  await tally.ended(again.id)
  expect(resultsIn(upstream.calls.at(-1) ?? { body: {} })).toEqual([
    expect.stringMatching(/dropped this result/),
  ])

  expect((await change(tally, run, false)).status).toBe(200)
  expect(await isDropped()).not.toContain(true)
  expect(await say('Thrice')).toEqual([expect.stringContaining('66666')])
})

test('a dropped result leaves the context at once, and a restored one returns in full', async () => {
  const { tally, run } = await added(counted(1500, 0, { text: 'Good.' }))
  const { conversationId } = run
  const [use] = await usesOf(tally, run)
  const inputTokens = async () => (await contextOf(tally, conversationId)).inputTokens
  const before = await inputTokens()
  await change(tally, run, true)
  const { inputTokens: dropped, parts } = await contextOf(tally, conversationId)
  expect(parts.find(({ kind }) => kind === 'tool_result')).toMatchObject({ dropped: true })
  // The sentence that replaces it is longer than this small result.
  const sentence = dropped - before + (use?.resultTokens ?? 0)
  expect(sentence).toBeGreaterThan(5)

  // The provider counts the next request without it; a result restored later is added to that count.
  const next = await tally.start(conversationId, { text: 'Thanks' })
  await tally.ended(next.id)
  const withoutIt = await inputTokens()
  await change(tally, run, false)
  expect((await inputTokens()) - withoutIt).toBe((use?.resultTokens ?? 0) - sentence)
})

test('a result cannot be dropped during a run, or if it does not exist', async () => {
  const gate = barrier()
  const { tally, run } = await added({ parts: [{ text: 'So' }, gate.part] })
  const next = await tally.start(run.conversationId, { text: 'Thanks' })
  const refused = await change(tally, run, true)
  expect(Problem.parse(await refused.json())).toMatchObject({ code: 'run_active', status: 409 })
  gate.open()
  await tally.ended(next.id)

  const missing = await change(tally, next, true)
  expect(Problem.parse(await missing.json())).toMatchObject({ code: 'message_not_found' })
  const bad = await tally.send('PATCH', `/api/conversations/${run.conversationId}/context`, {
    dropped: 'yes',
  })
  expect(bad.status).toBe(400)
})

test('uses are deleted with their conversation, and their sums are kept', async () => {
  const { tally, run } = await added()
  const { db } = tally.parts
  await setDeleted(db, run.conversationId, new Date(0).toISOString())
  await purgeConversations(db, () => true)

  expect(await db.kysely.selectFrom('tool_uses').selectAll().execute()).toEqual([])
  expect(await db.kysely.selectFrom('tool_days').selectAll().execute()).toMatchObject([
    { tool: 'calculate', uses: 1, reads: 1 },
  ])
})

test('input has its share of an amount the provider reported, and none of an unknown one', () => {
  const lines = [
    { kind: 'input', quantity: 1, perMillion: 1, amountNanoUsd: 300 },
    { kind: 'cached_input', quantity: 1, perMillion: 1, amountNanoUsd: 100 },
    { kind: 'output', quantity: 1, perMillion: 1, amountNanoUsd: 400 },
  ] as const
  const call = { lines: [...lines], computedNanoUsd: 800 }
  expect(inputCostOf({ ...call, costNanoUsd: 800 })).toBe(400)
  expect(inputCostOf({ ...call, costNanoUsd: 1600 })).toBe(800)
  expect(inputCostOf({ ...call, costNanoUsd: null })).toBeNull()
  expect(inputCostOf({ costNanoUsd: 0 })).toBe(0)
  expect(inputCostOf({ costNanoUsd: 5 })).toBeNull()
})
