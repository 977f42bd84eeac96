// What budgets say is spent, over real HTTP and SQLite.
import { expect, test } from 'vitest'
import { heldTally, MODEL } from '../testing/budgets.ts'

test('what is spent says how well it is known', async () => {
  const { tally } = await heldTally({ parts: [{ text: 'Yes.' }], model: MODEL, usage: null }, {})
  expect(await tally.day()).toMatchObject({ spentNanoUsd: 0, spentCertainty: 'reported' })
  await tally.over(await tally.say('Hello'))
  const spent = await tally.day()
  expect(spent).toMatchObject({ spentCertainty: 'estimated', spentUnpricedCalls: 0 })
  expect(spent.spentNanoUsd).toBeGreaterThan(0)
})
