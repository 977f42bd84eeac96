import { expect, test } from 'vitest'
import { fitsPattern } from './model-pattern.ts'

test.for<[string, string, boolean]>([
  ['gpt-5-mini', 'gpt-*', true],
  ['GPT-5', 'gpt-*', true],
  ['my-gpt-5', 'gpt-*', false],
  ['a.b', 'a.b', true],
  ['aXb', 'a.b', false],
  ['org/model:free', '*:free', true],
  ['org/gpt-5:free', 'org/*-5*:free', true],
  ['gpt-5', 'gpt-5*5', false],
  ['gpt', '*', true],
])('%s matches %s: %s', ([model, pattern, matches]) => {
  expect(fitsPattern(model, pattern)).toBe(matches)
})

test('no pattern takes long to match', () => {
  expect(fitsPattern('a'.repeat(5000), `${'a*'.repeat(90)}b`)).toBe(false)
})
