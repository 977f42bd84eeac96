import { expect, test } from 'vitest'
import { divide, nanoUsd, scaled } from './decimal.ts'

test.each([
  [0.1, 100_000_000n],
  [0.003625, 3_625_000n],
  ['0.00014', 140_000n],
  [1.23e-7, 123n],
  ['2E-9', 2n],
  [12, 12_000_000_000n],
  ['.5', 500_000_000n],
  [0, 0n],
])('%s dollars are %s nano-dollars exactly', (dollars, nano) => {
  expect(nanoUsd(dollars)).toBe(nano)
})

test.each([-1, '-0.1', Number.NaN, Number.POSITIVE_INFINITY, '', '.', 'free', '1,5', '0x10'])(
  '%s is not an amount',
  (text) => {
    expect(nanoUsd(text)).toBeNull()
  },
)

test('fractions of a nano-dollar are rounded half to even', () => {
  expect(scaled('0.0000000005', 9)).toBe(0n)
  expect(scaled('0.0000000015', 9)).toBe(2n)
  expect(scaled('0.0000000025', 9)).toBe(2n)
  expect(scaled('0.00000000250001', 9)).toBe(3n)
})

test('rounding is off by at most a half, and ties go to the even neighbour', () => {
  for (let numerator = 0n; numerator < 200n; numerator++) {
    for (let denominator = 1n; denominator < 20n; denominator++) {
      const rounded = divide(numerator, denominator)
      const twiceOff = 2n * (rounded * denominator - numerator)
      const distance = twiceOff < 0n ? -twiceOff : twiceOff
      expect(distance <= denominator).toBe(true)
      expect(distance === denominator && rounded % 2n === 1n).toBe(false)
    }
  }
})
