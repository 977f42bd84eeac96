import { expect, test } from 'vitest'
import { exactText, isUnambiguous } from './unambiguous.ts'

test.each([
  [{ orderId: 1042, amountUsd: 89, reason: 'Too small.' }, true],
  [{ to: ['a@example.org', 'b@example.org'], urgent: true }, true],
  [{ order_id: 1, orderId: 2 }, false],
  [{ amount: 1, amountUsd: 2 }, false],
  [{ list: Array.from({ length: 51 }, (_, n) => n) }, false],
  [{ a: { b: { c: { d: { e: 1 } } } } }, false],
])('%j is shown whole: %s', (value, expected) => {
  expect(isUnambiguous(value)).toBe(expected)
})

test.each([
  ['Too small.', 'Too small.'],
  ['1042', '"1042"'],
  ['Yes', '"Yes"'],
  ['', '""'],
  ['null', '"null"'],
])('the text %j is shown as %s', (text, shown) => {
  expect(exactText(text)).toBe(shown)
})
