import { expect, test } from 'vitest'
import { priceChanges } from './price-changes.mjs'

const NOW = new Date('2026-11-20T00:00:00Z')
const model = (id: string, prices: unknown) => ({ id, prices })

test('a model is reported if it is new, removed or priced differently', () => {
  const before = [
    model('gone', { input_mtok: 1 }),
    model('cheaper', { input_mtok: 2, output_mtok: 8 }),
    model('same', { input_mtok: 3, output_mtok: undefined }),
  ]
  const after = [
    model('cheaper', { input_mtok: 1, output_mtok: 8, cache_read_mtok: 0.1 }),
    model('new', { input_mtok: { base: 1, tiers: [{ start: 200_000, price: 2 }] } }),
    model('same', { input_mtok: 3 }),
  ]
  expect(priceChanges('openai', before, after, NOW)).toEqual([
    'openai/cheaper: input_mtok 2 → 1; cache_read_mtok none → 0.1',
    'openai/gone: gone',
    'openai/new: new (input_mtok 1, 2 above 200000)',
  ])
})

test('only the rates in force are compared', () => {
  const dated = (start: string, price: number) => [
    { prices: { input_mtok: 5 } },
    { constraint: { type: 'start_date', start_date: start }, prices: { input_mtok: price } },
  ]
  const change = (start: string) =>
    priceChanges('x', [model('a', { input_mtok: 5 })], [model('a', dated(start, 4))], NOW)
  expect(change('2027-01-01')).toEqual([])
  expect(change('2026-11-19')).toEqual(['x/a: input_mtok 5 → 4'])
})
