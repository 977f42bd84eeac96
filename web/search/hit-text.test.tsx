import { expect, test } from 'vitest'
import { find, show } from '../testing/screen.tsx'
import { HitText } from './hit-text.tsx'
import { patternOf } from './mark-pattern.ts'

test('hidden characters of a snippet are visible, and the marks stay in place', async () => {
  const text = 'a\u202eexe.txt and \u200bfound here'
  const start = text.indexOf('found')
  show(<HitText text={text} marks={[[start, start + 5]]} />, () => null)
  await find('mark', 'found')
  expect(document.body.textContent).toContain('a⟨U+202E⟩exe.txt and ⟨U+200B⟩found here')
})

test('the words are found in the message where lower case is longer, and in both forms', () => {
  const text = 'İİ ISTANBUL İstanbul cafe\u0301 CAFÉ (a+b)'
  const found = (words: string[]) =>
    Array.from(text.matchAll(patternOf(words) ?? /$^/g), ({ 0: word, index }) => [index, word])
  expect(found(['İstanbul'])).toEqual([[text.indexOf('İstanbul'), 'İstanbul']])
  expect(found(['café'])).toEqual([
    [text.indexOf('cafe'), 'cafe\u0301'],
    [text.indexOf('CAFÉ'), 'CAFÉ'],
  ])
  expect(found(['(a+b)'])).toEqual([[text.indexOf('(a+b)'), '(a+b)']])
  expect(patternOf([''])).toBeNull()
})
