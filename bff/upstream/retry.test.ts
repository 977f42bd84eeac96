import { expect, test } from 'vitest'
import { ProviderError } from './provider-error.ts'
import { retryAfterMs, retryDelayMs, formatWait } from './retry.ts'

const at = { provider: 'fake', host: 'localhost', model: 'm' }
const limited = (ms: number) => new ProviderError('rate_limited', at, { retryAfterMs: ms })
const limits = { maxRetries: 3, firstMs: 500 }

test('the wait doubles, with jitter, and has a longest', () => {
  const fault = new ProviderError('timeout', at)
  const wait = (attempt: number) => retryDelayMs(fault, attempt, { ...limits, maxRetries: 99 })
  expect(wait(1)).toBeGreaterThanOrEqual(375)
  expect(wait(1)).toBeLessThanOrEqual(625)
  expect(wait(3)).toBeGreaterThanOrEqual(1500)
  expect(wait(20)).toBeLessThanOrEqual(10_000)
})

test('there is no attempt after the last, and none for what will fail again', () => {
  expect(retryDelayMs(new ProviderError('timeout', at), 4, limits)).toBeNull()
  expect(retryDelayMs(new ProviderError('invalid_key', at), 1, limits)).toBeNull()
  expect(retryDelayMs(new ProviderError('insufficient_quota', at), 1, limits)).toBeNull()
})

test('Retry-After is honoured up to a minute', () => {
  expect(retryDelayMs(limited(60_000), 1, limits)).toBe(60_000)
  expect(retryDelayMs(limited(60_001), 1, limits)).toBeNull()
})

test.for([
  [{ 'retry-after': '2' }, 2000],
  [{ 'retry-after': '0.5' }, 500],
  [{ 'retry-after-ms': '150', 'retry-after': '9' }, 150],
  [{ 'retry-after': 'Thu, 01 Jan 1970 00:01:00 GMT' }, 50_000],
  [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:01 GMT' }, 0],
  [{ 'retry-after': 'soon' }, null],
  [{}, null],
] as const)('%j means %s ms', ([headers, expected]) => {
  expect(retryAfterMs(new Headers(headers), 10_000)).toBe(expected)
})

test('a wait reads as a person says it', () => {
  expect(formatWait(900)).toBe('It asks to wait one second.')
  expect(formatWait(45_000)).toBe('It asks to wait 45 seconds.')
  expect(formatWait(20 * 60_000, 0)).toBe('It asks to wait 20 minutes, until 00:20 UTC.')
  expect(formatWait(5 * 3_600_000, 0)).toBe('It asks to wait 5 hours, until 05:00 UTC.')
})
