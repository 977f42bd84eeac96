import { expect, test } from 'vitest'
import { isLossless, jsonObjectProblem } from './json-text.ts'

test('an object has no problem', () => {
  expect(jsonObjectProblem('{"a": 1}')).toBeNull()
})

test.each([
  ['{"a": 1', /not valid JSON/],
  ['[1]', /JSON object/],
  ['null', /JSON object/],
])('the problem of %s', (text, problem) => {
  expect(jsonObjectProblem(text)).toMatch(problem)
})

test.each([
  ['{ "a": 1, "b": "x y" }', true],
  ['{"amount": 5, "amount": 5000}', false],
  ['{"id": 12345678901234567890}', false],
  ['{"2": 1, "1": 2}', false],
  ['{', false],
])('%s shows all of itself once it is parsed: %s', (text, lossless) => {
  expect(isLossless(text)).toBe(lossless)
})
