import { expect, test } from 'vitest'
import { readUsd, writeUsd } from './usd-text.ts'

test.each([
  ['2.5', 2_500_000_000],
  ['0,14', 140_000_000],
  ['$ 15', 15_000_000_000],
  ['.003625', 3_625_000],
  ['0.1', 100_000_000],
  ['0.000000001', 1],
  ['0', 0],
  ['100000.000000001', 100_000_000_000_001],
])('%s is parsed exactly', (text, nano) => {
  expect(readUsd(text)).toBe(nano)
})

test.each(['', '.', '-1', '1e3', '1.2.3', '0.0000000001', 'free', '1 000'])(
  '%j is not a price',
  (text) => {
    expect(readUsd(text)).toBeNull()
  },
)

test.each([0, 1, 140_000_000, 3_625_000, 2_500_000_000, 15_000_000_000])(
  '%i survives writing and reading',
  (nano) => {
    expect(readUsd(writeUsd(nano))).toBe(nano)
  },
)

test('no amount is written as an empty field', () => {
  expect(writeUsd(null)).toBe('')
  expect(writeUsd(2_500_000_000)).toBe('2.5')
})
