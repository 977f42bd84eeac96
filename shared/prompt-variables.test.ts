import { expect, test } from 'vitest'
import { fillVariables, variablesOf } from './prompt-variables.ts'

test('each variable is found once, with its first default', () => {
  const text =
    'Put {{ text }} into {{language=German}}, {{tone | select:options=["x"]}}, {{language=French}}.'
  expect(variablesOf(text)).toEqual([
    { name: 'text', defaultValue: null },
    { name: 'language', defaultValue: 'German' },
    { name: 'tone', defaultValue: null },
  ])
  expect(variablesOf('{ a } {{}} {{ }} {{{x}} {{#if y}} {{/if}} $(z)')).toEqual([
    { name: 'x', defaultValue: null },
  ])
})

test('values are inserted literally, and what is left blank stays', () => {
  const text = '{{größe}} {{größe}} {{b=1}} {{c=2}} {{d}}'
  const values = new Map([
    ['größe', '$& {{b}}'],
    ['b', ''],
    ['c', '2'],
    ['d', ''],
  ])
  expect(fillVariables(text, values)).toBe('$& {{b}} $& {{b}}  2 {{d}}')
})

test('a long text without an end of its variables takes no time', () => {
  const started = performance.now()
  expect(variablesOf('{{a '.repeat(5000))).toEqual([])
  expect(variablesOf('{{a' + ' '.repeat(19_000))).toEqual([])
  expect(performance.now() - started).toBeLessThan(200)
})
