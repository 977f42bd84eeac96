import { expect, test } from 'vitest'
import { Problem } from '#shared/api.ts'
import { ConversationContext } from '#shared/context.ts'
import { chats } from '../../e2e/scripts.ts'
import { heldTally } from '../testing/budgets.ts'
import { shares } from './context-parts.ts'

const SUM = { call: { name: 'calculate', arguments: { expression: '12345 + 54321' } } }

async function contextOf(
  tally: { request: (path: string) => Promise<Response> },
  id: string,
  query = '',
): Promise<ConversationContext> {
  const response = await tally.request(`/api/conversations/${id}/context` + query)
  return ConversationContext.parse(await response.json())
}

const sum = ({ parts }: ConversationContext) => parts.reduce((all, { tokens }) => all + tokens, 0)

const usage = (prompt_tokens: number, completion_tokens: number) => ({
  prompt_tokens,
  completion_tokens,
  total_tokens: prompt_tokens + completion_tokens,
})

test('before the first message it is the estimate for instructions and tools', async () => {
  const { tally } = await heldTally({}, {})
  const { id } = await tally.create({ settings: { instructions: 'Speak like a sailor.' } })
  const context = await contextOf(tally, id)

  expect(context).toMatchObject({ window: 128_000, certainty: 'estimated' })
  expect(context.parts.filter(({ kind }) => kind === 'instructions')).toMatchObject([
    { label: 'Instructions of assistant' },
    { label: 'Instructions of this conversation', tokens: 5 },
  ])
  expect(context.parts.filter(({ kind }) => kind === 'tools')).toHaveLength(6)
  expect(sum(context)).toBe(context.inputTokens)
})

test('after an answer it is the provider’s count for the last request, plus its answer', async () => {
  const { tally } = await heldTally(
    chats(
      { parts: [SUM], usage: usage(2000, 20) },
      { parts: [{ text: 'The sum is 66666.' }], usage: usage(2100, 9) },
    ),
    {},
  )
  const run = await tally.say('Add them')
  await tally.ended(run.id)
  const context = await contextOf(tally, run.conversationId)

  expect(context).toMatchObject({ certainty: 'reported', provider: 'fake' })
  // Only the answer was added since the last request.
  expect(context.inputTokens).toBeGreaterThan(2100)
  expect(context.inputTokens).toBeLessThan(2115)
  expect(sum(context)).toBe(context.inputTokens)
  const said = context.parts.filter(({ kind }) => kind !== 'instructions' && kind !== 'tools')
  expect(said.map(({ kind, label }) => [kind, label])).toEqual([
    ['user', 'Add them'],
    ['tool_call', 'calculate'],
    ['tool_result', 'calculate'],
    ['assistant', 'The sum is 66666.'],
  ])
  expect(said.at(2)).toMatchObject({ messageId: run.messageId, callId: expect.any(String) })
})

test('the count of another model is not used', async () => {
  const { tally } = await heldTally(chats({ usage: usage(2000, 20) }), {})
  const run = await tally.say('Hello')
  await tally.ended(run.id)
  await tally.send('PATCH', `/api/conversations/${run.conversationId}`, { model: 'other' })

  const context = await contextOf(tally, run.conversationId)
  expect(context).toMatchObject({ model: 'other', certainty: 'estimated' })
  expect(context.inputTokens).toBeLessThan(2000)
})

test('longer instructions count before they are sent', async () => {
  const { tally } = await heldTally(chats({ usage: usage(2000, 20) }), {})
  const run = await tally.say('Hello')
  await tally.ended(run.id)
  const before = await contextOf(tally, run.conversationId)
  const settings = { instructions: 'word '.repeat(400) }
  await tally.send('PATCH', `/api/conversations/${run.conversationId}`, { settings })

  const after = await contextOf(tally, run.conversationId)
  expect(after.inputTokens - before.inputTokens).toBe(500)
})

test('another branch is counted by its own last request', async () => {
  const { tally } = await heldTally(
    chats({ usage: usage(2000, 20) }, { usage: usage(3000, 20) }),
    {},
  )
  const first = await tally.say('Hello')
  await tally.ended(first.id)
  const { conversationId } = first
  const second = await tally.start(conversationId, { retryOf: first.messageId })
  await tally.ended(second.id)
  expect((await contextOf(tally, conversationId)).inputTokens).toBeGreaterThanOrEqual(3000)

  const selectedMessageId = first.messageId
  await tally.send('PATCH', `/api/conversations/${conversationId}`, { selectedMessageId })
  expect((await contextOf(tally, conversationId)).inputTokens).toBeLessThan(3000)
})

test('the smallest parts become one, and nothing is lost', async () => {
  const { tally } = await heldTally(chats({}), {})
  const run = await tally.say('Hello')
  await tally.ended(run.id)
  const context = await contextOf(tally, run.conversationId, '?parts=2')

  expect(context.parts).toHaveLength(3)
  expect(context.parts.at(-1)).toMatchObject({ kind: 'other', label: '7 smaller parts' })
  expect(sum(context)).toBe(context.inputTokens)
})

test('the parts are grouped by turn, which add up', async () => {
  const { tally } = await heldTally(
    chats(
      { parts: [SUM], usage: usage(2000, 20) },
      { parts: [{ text: 'The sum is 66666.' }], usage: usage(2100, 9) },
      { parts: [{ text: 'Bye.' }], usage: usage(2200, 9) },
    ),
    {},
  )
  const run = await tally.say('Add them')
  await tally.ended(run.id)
  const { conversationId } = run
  await tally.ended((await tally.start(conversationId, { text: 'Goodbye' })).id)
  expect((await contextOf(tally, conversationId)).groups).toEqual([])

  const { groups, inputTokens } = await contextOf(tally, conversationId, '?groups=10')
  expect(groups.map(({ kind, label }) => [kind, label])).toEqual([
    ['setup', 'Instructions and tools'],
    ['turn', 'Add them'],
    ['turn', 'Goodbye'],
  ])
  expect(groups[1]).toMatchObject({ messageId: expect.any(String) })
  expect(groups[1]?.parts.map(({ kind }) => kind)).toEqual([
    'user',
    'tool_call',
    'tool_result',
    'assistant',
  ])
  const total = (all: { tokens: number }[]) => all.reduce((more, { tokens }) => more + tokens, 0)
  expect(total(groups)).toBe(inputTokens)
  for (const { tokens, parts } of groups) expect(total(parts)).toBe(tokens)

  const few = await contextOf(tally, conversationId, '?groups=1')
  expect(few.groups.map(({ label }) => label)).toEqual([
    'Instructions and tools',
    'Add them',
    '1 smaller turn',
  ])
  expect(total(few.groups)).toBe(few.inputTokens)
})

test('each item is counted once', async () => {
  const { tally } = await heldTally(chats({}), {})
  const run = await tally.say('Hello')
  await tally.ended(run.id)
  const first = await contextOf(tally, run.conversationId)
  await tally.parts.db.transaction((trx) =>
    trx.updateTable('item_tokens').set({ tokens: 500 }).execute(),
  )

  const second = await contextOf(tally, run.conversationId)
  const share = ({ parts }: ConversationContext) =>
    parts.find(({ kind }) => kind === 'user')?.tokens ?? 0
  expect(share(second)).toBeGreaterThan(5 * share(first))
})

test('an unknown conversation and an invalid number of parts are refused', async () => {
  const { tally } = await heldTally({}, {})
  const missing = await tally.request('/api/conversations/nothing/context')
  expect(Problem.parse(await missing.json())).toMatchObject({ code: 'conversation_not_found' })
  const { id } = await tally.create()
  expect((await tally.request(`/api/conversations/${id}/context?parts=many`)).status).toBe(400)
})

test.each([
  [[1, 1, 1], 10],
  [[5, 0, 2], 3],
  [[0, 0], 7],
  [[1_000_000, 1], 999],
])('shares of %j in %i are whole and add up', (parts, whole) => {
  const found = shares(parts, whole)
  const sum = found.reduce((all, share) => all + share, 0)
  expect(sum).toBe(parts.some((part) => part > 0) ? whole : 0)
  expect(found.every(Number.isInteger)).toBe(true)
})
