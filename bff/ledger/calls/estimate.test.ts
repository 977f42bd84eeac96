import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { expect, test } from 'vitest'
import { estimateTokens } from './estimate.ts'

const PROSE = 'The quick brown fox jumps over the lazy dog, und Ünïcödé 漢字 🙂 too.\n'

test('a text is counted by the tokenizer', async () => {
  expect(await estimateTokens('')).toBe(0)
  expect(await estimateTokens('hello world')).toBe(2)
  expect(await estimateTokens(PROSE)).toBe(countTokens(PROSE))
})

test('slicing a long text changes its count by less than 0.1 %', async () => {
  const text = PROSE.repeat(3000)
  const exact = countTokens(text)
  expect(Math.abs((await estimateTokens(text)) - exact)).toBeLessThan(exact / 1000)
})

test('a text that looks like a special token is counted as text', async () => {
  expect(await estimateTokens('a <|endoftext|> b')).toBeGreaterThan(3)
})

test.each(['x'.repeat(5001), '🙂'.repeat(1501), ' '.repeat(3000), '漢'.repeat(2500)])(
  'a long text without a split point is counted (%#)',
  async (text) => {
    expect(await estimateTokens(text)).toBeGreaterThan(0)
  },
)

test('other work runs between any two slices of a long text', async () => {
  let turns = 0
  let next = setImmediate(function turn() {
    turns++
    next = setImmediate(turn)
  })
  await estimateTokens('word '.repeat(20_000))
  clearImmediate(next)
  expect(turns).toBeGreaterThan(90)
})
