import ranks from 'gpt-tokenizer/bpeRanks/o200k_base'
import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { expect, test } from 'vitest'
import { readRanks, tokenizer } from './count-tokens.ts'

test('every token stands for what it does in the module that the package makes of its vocabulary', async () => {
  expect(await readRanks()).toEqual(ranks)
})

test.each([
  'Straße, 漢字 and 🙂',
  '\uFEFFusing System;',
  'e\u0301\u0000\uD800',
  '\uFEFF\n\n\uFEFF',
])('the text %j has the same tokens', async (text) => {
  expect((await tokenizer()).encode(text)).toEqual(encode(text))
})

test('others are served while the vocabulary is read', async () => {
  let turns = 0
  let next = setImmediate(function turn() {
    turns++
    next = setImmediate(turn)
  })
  await readRanks()
  clearImmediate(next)
  expect(turns).toBeGreaterThan(30)
})
