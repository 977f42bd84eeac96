import { expect, test } from 'vitest'
import { readField } from './read-field.ts'

test.each([
  ['amountUsd', 89, 'Amount', '$89.00'],
  ['amount_usd', 1234.5, 'Amount', '$1,234.50'],
  ['amountUsd', 0.000001, 'Amount', '$0.000001'],
  ['amountUsd', -3, 'Amount', '-$3.00'],
  ['amountUsd', '89', 'Amount USD', null],
  ['usd', 3, 'USD', null],
  ['orderId', 1042, 'Order ID', null],
  ['deliveredOn', '2026-11-21', 'Delivered on', 'November 21, 2026'],
  ['at', '2026-11-21T10:30:05Z', 'At', 'November 21, 2026, 10:30:05 UTC'],
  ['deliveredOn', '2026-02-30', 'Delivered on', null],
  ['reason', 'On 2026-11-21', 'Reason', null],
])('%s of %j reads %s: %s', (name, value, label, text) => {
  expect(readField(name, value)).toEqual({ label, text })
})
