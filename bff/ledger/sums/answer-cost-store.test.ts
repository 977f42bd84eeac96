import { expect, test } from 'vitest'
import { heldTally } from '../../testing/budgets.ts'
import { realParts } from '../../testing/agent-parts.ts'
import { agentWith } from '../../testing/begin-run.ts'
import { averageAnswerCosts } from './answer-cost-store.ts'

const usage = (tokens: number) => ({
  prompt_tokens: tokens,
  completion_tokens: 0,
  total_tokens: tokens,
})

test('the average is over the answers of an agent, and has no money of the demo', async () => {
  const { tally } = await heldTally(
    [
      { parts: [{ text: 'One.' }], usage: usage(1000) },
      { parts: [{ text: 'Two.' }], usage: usage(3000) },
    ],
    {},
    { findAgent: (name) => (name === 'assistant' ? agentWith([]) : undefined) },
  )
  expect(await averageAnswerCosts(tally.parts.db)).toEqual(new Map())
  for (const text of ['One?', 'Two?']) await tally.ended((await tally.say(text)).id)
  // 2,000 tokens at $0.40 a million.
  expect(await averageAnswerCosts(tally.parts.db)).toEqual(new Map([['assistant', 800_000]]))
})

test('answers of the demo have no average', async () => {
  const { tally } = await heldTally(
    {},
    {},
    { target: { kind: 'demo', provider: 'demo', baseUrl: null }, findAgent: realParts.findAgent },
  )
  await tally.ended((await tally.say('Hello')).id)
  expect(await averageAnswerCosts(tally.parts.db)).toEqual(new Map())
})
