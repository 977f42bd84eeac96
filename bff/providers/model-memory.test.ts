// A provider that keeps changing its model names does not fill memory.
import { expect, test } from 'vitest'
import { DEMO_PROVIDER } from './demo-provider.ts'
import { PriceCache } from './price-cache.ts'

test('prices of models that are no longer listed are dropped', () => {
  let looked = 0
  const prices = new PriceCache(() => {
    looked += 1
    return null
  })
  for (let n = 0; n < 20_000; n += 1) prices.of(DEMO_PROVIDER, `model ${n}`)
  prices.of(DEMO_PROVIDER, 'model 0')
  expect(looked).toBe(20_001)
})
