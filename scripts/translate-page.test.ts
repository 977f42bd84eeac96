import { expect, test } from 'vitest'
import { translateModule } from './translate-page.ts'

const GERMAN = new Map([
  ['Send', 'Senden'],
  ['{0} of {1}', 'Von {1} sind es {0}'],
  ['Found {0}.', '{0} gefunden.'],
  ['Press {0} to {1}.', 'Mit {0} {1}.'],
  ['Open', 'Öffnen'],
  ['Open [not closed]', 'Offen'],
])
const german = (code: string) => translateModule('a.tsx', code, 'de', GERMAN)
const english = (code: string) => translateModule('a.tsx', code, 'en', new Map())

test('a sentence stands in the module as plain text', () => {
  expect(german('const a = t`Send`')).toBe('const a = "Senden"')
  expect(english('const a = t`Send`')).toBe('const a = "Send"')
})

test('the values follow the translation, and may hold sentences themselves', () => {
  const code = 'f(t`Found ${t`${done(1)} of ${all}`}.`)'
  expect(german(code)).toBe('f(`${`Von ${all} sind es ${done(1)}`} gefunden.`)')
  expect(english(code)).toBe('f(`Found ${`${done(1)} of ${all}`}.`)')
})

test('a sentence with elements becomes JSX', () => {
  const code = '<p>{rich`Press ${<kbd>Enter</kbd>} to ${t`Send`}.`}</p>'
  expect(german(code)).toBe('<p>{<>{"Mit "}{<kbd>Enter</kbd>}{" "}{"Senden"}{"."}</>}</p>')
})

test('a word with several meanings has a translation for each', () => {
  expect(german("[t`Open`, tAs('not closed')`Open`]")).toBe('["Öffnen", "Offen"]')
  expect(english("tAs('not closed')`Open`")).toBe('"Open"')
})

test('what is not translated stays English, and other code stays as it is', () => {
  expect(german('t`Unknown to ${locale}`')).toBe('`Unknown to ${locale}`')
  expect(german('const t = css`a`; language')).toBe('const t = css`a`; language')
  expect(german('new Intl.NumberFormat(language())')).toBe('new Intl.NumberFormat("de")')
})

test('text cannot end the literal that it stands in', () => {
  expect(english('t`a \\` \\${b} \\\\ ${c}`')).toBe('`a \\` \\${b} \\\\ ${c}`')
})
