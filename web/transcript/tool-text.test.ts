import { expect, test } from 'vitest'
import { beginning } from './tool-text.tsx'
import { formatDuration, roundDuration } from './duration.ts'
import { prettyJson } from './pretty-json.ts'

const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}`)

test('a short text is shown whole, and so is one that is hardly longer', () => {
  expect(beginning('short')).toBe('short')
  const nine = lines(9).join('\n')
  expect(beginning(nine)).toBe(nine)
})

test('of a long text the first lines are shown', () => {
  expect(beginning(lines(100).join('\n'))).toBe(lines(8).join('\n'))
  expect(beginning('x'.repeat(10_000))).toHaveLength(800)
})

test('JSON gets room, on lines of its own when it is long, and what is no JSON stays as it is', () => {
  expect(prettyJson('{"a":[1],"b":{}}')).toBe('{ "a": [ 1 ], "b": {} }')
  const long = 'x'.repeat(80)
  expect(prettyJson(`{"a":"${long}"}`)).toBe(`{\n  "a": "${long}"\n}`)
  expect(prettyJson('{"a":')).toBe('{"a":')
  expect(prettyJson('42')).toBe('42')
})

test('a time is as exact as it is short', () => {
  expect([0, 340, 4_200, 65_400].map(formatDuration)).toEqual([
    '0 ms',
    '340 ms',
    '4.2 s',
    '1 min 5 s',
  ])
  expect([200, 4_200, 65_400].map(roundDuration)).toEqual(['1 s', '4 s', '1 min 5 s'])
})
