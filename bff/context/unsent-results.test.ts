// A tool result that a request leaves out, because the window is full, is not charged for it.
import { expect, test } from 'vitest'
import { ToolUseList } from '#shared/tool-uses.ts'
import { chats } from '../../e2e/scripts.ts'
import { heldTally } from '../testing/budgets.ts'

const WORDS = 'The river finds the sea by the shortest way that the land leaves it. '

test('a result costs nothing while it is left out', async () => {
  const sum = { call: { name: 'calculate', arguments: { expression: '1 + 2' } } }
  const talk = { parts: [{ text: WORDS.repeat(10) }] }
  const { tally } = await heldTally(
    chats({ parts: [sum] }, ...Array.from({ length: 14 }, () => talk)),
    {},
    { target: { contextWindow: 5_000 } },
  )
  const { id } = await tally.create()
  const run = await tally.start(id, { text: 'Add them' })
  await tally.over(run)
  const path = `/api/conversations/${id}/tool-uses?messageId=${run.messageId}`
  const charged = async () => {
    const { items } = ToolUseList.parse(await (await tally.request(path)).json())
    return items.map(({ reads, costNanoUsd }) => [reads, costNanoUsd])
  }
  const byTurn: unknown[] = []
  let leftOutFrom = 0
  for (let turn = 1; turn <= 12; turn += 1) {
    const next = await tally.start(id, { text: `${turn}. ${WORDS.repeat(12)}` })
    const events = await tally.over(next)
    const isFirst = leftOutFrom === 0 && events.some(({ type }) => type === 'context')
    if (isFirst) leftOutFrom = turn
    byTurn.push(await charged())
  }
  expect(leftOutFrom).toBeGreaterThan(2)
  const before = byTurn[leftOutFrom - 2]
  expect(before).toEqual([[leftOutFrom, expect.any(Number)]])
  // The turn with the result is the first that is left out.
  for (const after of byTurn.slice(leftOutFrom - 1)) expect(after).toEqual(before)
})
