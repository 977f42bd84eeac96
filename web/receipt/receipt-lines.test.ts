import { expect, test } from 'vitest'
import type { ModelCall, PriceRates } from '#shared/ledger.ts'
import { aCall } from '../testing/call.ts'
import { formatRate, rateDecimals, receiptLines, unexplainedNanoUsd } from './receipt-lines.ts'

const CALL = aCall()
const PRICE = priceOf(CALL)

test('input is split into fresh and cached, and the lines add up to the amount', () => {
  const lines = receiptLines(CALL)

  expect(
    lines.map(({ label, quantity, amountNanoUsd }) => [label, quantity, amountNanoUsd]),
  ).toEqual([
    ['Fresh input', 2324, 2_905_000],
    ['Cached input', 4096, 512_000],
    ['Output', 710, 7_100_000],
  ])
  expect(unexplainedNanoUsd(CALL, lines)).toBe(0)
})

test('reasoning is part of the output and priced once', () => {
  const withReasoning = receiptLines({ ...CALL, reasoningTokens: 710 })
  const without = receiptLines({ ...CALL, reasoningTokens: 0 })

  expect(withReasoning).toEqual(without)
})

test('cached and written tokens without a rate have the input rate', () => {
  const price = { ...PRICE, cachedInputPerMTok: null }
  const lines = receiptLines({ ...CALL, price, cacheWriteTokens: 1000 })

  expect(lines.map(({ perMillion }) => perMillion)).toEqual([
    1_250_000_000, 1_250_000_000, 1_250_000_000, 10_000_000_000,
  ])
  expect(lines[0]?.quantity).toBe(6420 - 4096 - 1000)
})

test('half a nano-dollar is rounded to even', () => {
  const price = { ...PRICE, inputPerMTok: 500_000, outputPerMTok: 500_000 }
  const lines = receiptLines({
    ...CALL,
    price,
    inputTokens: 1,
    cachedInputTokens: 0,
    outputTokens: 3,
  })

  expect(lines.map(({ amountNanoUsd }) => amountNanoUsd)).toEqual([0, 2])
})

test('stored lines are shown unchanged', () => {
  const fee = {
    kind: 'web_search',
    quantity: 2,
    perMillion: 10_000_000_000_000,
    amountNanoUsd: 20_000_000,
  } as const
  expect(receiptLines({ ...CALL, lines: [fee] })).toEqual([{ ...fee, label: 'Web searches' }])
})

test('fees have a rate per thousand, tokens per million', () => {
  expect(formatRate('web_search', 10_000_000_000_000)).toBe('$10.00 / 1k')
  expect(formatRate('input', 1_250_000_000)).toBe('$1.25')
  // In a column all have the decimals of the longest, but for fees.
  const column = [
    { kind: 'input', perMillion: 1_250_000_000 },
    { kind: 'cached_input', perMillion: 3_625_000 },
    { kind: 'web_search', perMillion: 10_000_000_000_000 },
  ] as const
  const decimals = rateDecimals(
    column.map((line) => ({ ...line, label: '', quantity: 1, amountNanoUsd: 1 })),
  )
  expect(column.map(({ kind, perMillion }) => formatRate(kind, perMillion, decimals))).toEqual([
    '$1.250000',
    '$0.003625',
    '$10.00 / 1k',
  ])
})

test('a reported amount shows what the lines do not explain', () => {
  const call: ModelCall = { ...CALL, certainty: 'reported', costNanoUsd: 10_600_123 }

  expect(unexplainedNanoUsd(call, receiptLines(call))).toBe(83_123)
})

test('lines without a price have quantities but no amounts', () => {
  const call: ModelCall = { ...CALL, price: null, costNanoUsd: null, certainty: 'unknown' }
  const lines = receiptLines(call)

  expect(lines.map(({ quantity, amountNanoUsd }) => [quantity, amountNanoUsd])).toEqual([
    [2324, null],
    [4096, null],
    [710, null],
  ])
  expect(unexplainedNanoUsd(call, lines)).toBe(0)
})

test('unreported tokens have no line', () => {
  expect(
    receiptLines({ ...CALL, inputTokens: null, outputTokens: null, cachedInputTokens: null }),
  ).toEqual([])
})

function priceOf({ price }: ModelCall): PriceRates {
  if (price === null) throw new Error('the call has no price')
  return price
}
