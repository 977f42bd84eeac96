import { expect, test } from 'vitest'
import type { Receipt, ReceiptCall } from '#shared/api.ts'
import type { CallCache } from '#shared/call-cache.ts'
import { addCall, NO_CALLS } from '#shared/ledger.ts'
import { aCall } from '../testing/call.ts'
import { receiptText } from './receipt-text.ts'

const CACHE: CallCache = {
  hitRate: 0.638,
  cause: 'tools',
  changedNumber: null,
  gapMs: 1_000,
  missedTokens: 2_000,
}

function textOf(calls: ReceiptCall[], more: Partial<Receipt> = {}): string {
  const totals = calls.reduce(addCall, NO_CALLS)
  return receiptText({ items: calls, nextCursor: null, totals, counting: false, ...more })
}

test('the text has the same cache notes as the screen', () => {
  const text = textOf([{ ...aCall(), cache: CACHE }])

  expect(text).toContain(
    '   Cache: 64 % of the input was read from the cache. The tools changed: everything after them is new to the cache. About 2,000 tokens more could have been.\n',
  )
  expect(text).toMatch(/\n\nCache: 64 % of this answer’s input\n\nTotal: /)
})

test('the text leaves out a cache that the provider does not report', () => {
  const silent = { ...CACHE, hitRate: null, cause: null, missedTokens: null }
  expect(textOf([{ ...aCall(), cache: silent }, aCall()])).not.toContain('Cache:')
})
