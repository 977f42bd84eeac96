import { expect, test } from 'vitest'
import { conditionsLabel } from '#shared/rule-label.ts'
import { suggestConditions } from './offer-rule.ts'

const tool = (...fields: string[]) => ({ isReadOnly: false, fields, read: () => null })

test('the highest number that was approved is the bound, and an id is not one', () => {
  const inputs = [12, 20, 15].map((amountUsd) => ({ orderId: 7, pages: 1, amountUsd }))
  const conditions = suggestConditions(tool('orderId', 'pages', 'amountUsd'), inputs)
  expect(conditions).toEqual([{ field: 'amountUsd', atMost: 20 }])
  expect(conditionsLabel(conditions)).toBe('up to $20')
})

test('without a number, what was always the same must stay the same', () => {
  const inputs = ['x', 'y', 'z'].map((body) => ({ to: 'a\u202Eb', urgent: false, body }))
  const conditions = suggestConditions(tool('to', 'urgent', 'body'), inputs)
  expect(conditions).toEqual([
    { field: 'to', equals: 'a\u202Eb' },
    { field: 'urgent', equals: false },
  ])
  expect(conditionsLabel(conditions)).toBe('with to “a⟨U+202E⟩b” and with urgent false')
})

test('a tool that only reads, and calls without anything in common, need no condition', () => {
  const inputs = ['x', 'y'].map((at) => ({ at, page: 1 }))
  expect(suggestConditions({ ...tool('at', 'page'), isReadOnly: true }, inputs)).toEqual([])
  expect(suggestConditions(tool('at'), inputs)).toEqual([])
})
