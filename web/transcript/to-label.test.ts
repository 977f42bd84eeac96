import { expect, test } from 'vitest'
import { toLabel } from './to-label.ts'

test.each([
  ['order_number', 'Order number'],
  ['orderNumber', 'Order number'],
  ['highC', 'High c'],
  ['orderId', 'Order ID'],
  ['amount_usd', 'Amount USD'],
  ['weather-report', 'Weather report'],
  ['ID', 'ID'],
  ['_', '_'],
  ['pay\u202Eexe', 'Pay⟨U+202E⟩exe'],
])('%s reads %s', (name, label) => {
  expect(toLabel(name)).toBe(label)
})
