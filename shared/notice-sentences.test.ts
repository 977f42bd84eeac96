import { expect, test } from 'vitest'
import type { BudgetShortage } from './budgets.ts'
import { offerQuestion, shortageSentence, warningSentence } from './notice-sentences.ts'

const short: BudgetShortage = {
  scope: 'day',
  spentNanoUsd: 980_000_000,
  limitNanoUsd: 1_000_000_000,
  spentTokens: null,
  limitTokens: null,
  reason: 'money',
  model: 'm',
  neededNanoUsd: 79_123_456,
  neededTokens: 12_345,
  offerNanoUsd: 100_000_000,
  offerTokens: null,
}

test('a shortage is stated in money, rounded up', () => {
  expect(shortageSentence(short)).toBe(
    'This answer could cost up to $0.08, and $0.02 of today’s $1.00 is left.',
  )
  expect(offerQuestion(short)).toBe('Continue for up to $0.10?')
})

test('an overspent budget has nothing left', () => {
  const over = { ...short, scope: 'month' as const, spentNanoUsd: 3_000_000_000 }
  expect(shortageSentence(over)).toContain('and $0.00 of this month’s $1.00 is left')
})

test('a token budget is stated in tokens', () => {
  const tokens: BudgetShortage = {
    ...short,
    reason: 'tokens',
    spentTokens: 400,
    limitTokens: 1000,
    offerNanoUsd: null,
    offerTokens: 20_000,
  }
  expect(shortageSentence(tokens)).toBe(
    'This answer could use up to 13,000 tokens, and 600 tokens of today’s 1,000 tokens is left.',
  )
  expect(offerQuestion(tokens)).toBe('Continue for up to 20,000 tokens?')
})

test('without a price the model is named, and no limit in money is offered', () => {
  const unpriced: BudgetShortage = { ...short, reason: 'unpriced', neededNanoUsd: null }
  expect(shortageSentence(unpriced)).toBe(
    'Nobody has named a price for m, so today’s $1.00 cannot hold this answer.',
  )
  expect(offerQuestion({ ...unpriced, offerNanoUsd: null })).toBe(
    'Continue without a limit for this answer?',
  )
})

test('an allowance has money and tokens', () => {
  const both = { ...short, offerNanoUsd: 500_000_000, offerTokens: 1000 }
  expect(offerQuestion(both)).toBe('Continue for up to $0.50 and 1,000 tokens?')
})

test('a warning states the share spent, not the level reached, in the unit that reached it', () => {
  const over = { ...short, spentNanoUsd: 1_240_000_000, percent: 100 as const }
  expect(warningSentence(over)).toBe('124 % of today’s $1.00 is spent.')
  const tokens = { ...short, spentNanoUsd: 10, spentTokens: 870, limitTokens: 1000 }
  expect(warningSentence({ ...tokens, percent: 80 })).toBe('87 % of today’s 1,000 tokens is spent.')
  const none = { ...short, spentNanoUsd: 5, limitNanoUsd: 0, percent: 100 as const }
  expect(warningSentence(none)).toBe('100 % of today’s $0.00 is spent.')
})

test('a warning names the budget', () => {
  expect(warningSentence({ ...short, scope: 'run', spentNanoUsd: 800_000_000, percent: 80 })).toBe(
    '80 % of this answer’s $1.00 is spent.',
  )
})
