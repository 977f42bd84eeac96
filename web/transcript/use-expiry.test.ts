import { expect, test } from 'vitest'
import { formatExpiry } from './use-expiry.ts'

const HOUR = 3_600_000

test('a deadline of a day reads so at once, and nothing else is rounded up', () => {
  expect(formatExpiry(24 * HOUR - 2_000)).toBe('Expires in 24 h.')
  expect(formatExpiry(70 * HOUR)).toBe('Expires in 2 days.')
  expect(formatExpiry(1.9 * HOUR)).toBe('Expires in 1 h.')
  expect(formatExpiry(119_000)).toBe('Expires in 1 min.')
  expect(formatExpiry(59_000)).toBe('Expires now.')
})
