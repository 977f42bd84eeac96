import { expect, test } from 'vitest'
import { timeUsed } from './used-tools.tsx'

const call = (second: number, durationMs: number | null) => ({
  startedAt: new Date(second * 1_000).toISOString(),
  durationMs,
})

test('calls one after the other take the sum of their times', () => {
  expect(timeUsed([call(1, 300), call(5, 100)])).toBe(400)
})

test('the time of concurrent calls counts once', () => {
  expect(timeUsed([call(2, 1_000), call(1, 3_000), call(3, 2_000)])).toBe(4_000)
})

test('a call that never started takes no time', () => {
  expect(timeUsed([{ startedAt: null, durationMs: 9 }, call(1, null)])).toBe(0)
})
