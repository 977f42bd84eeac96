import { describe, expect, test } from 'vitest'
import { visibleText } from './visible-text.ts'

describe('a text shown outside a message', () => {
  test.each([
    ['invoice\u202Etxt.exe', 'invoice⟨U+202E⟩txt.exe'],
    ['a\u2066b\u2069', 'a⟨U+2066⟩b⟨U+2069⟩'],
    ['\u001B[31mred\u0007', '␛[31mred␇'],
    ['nul\0 del\x7F c1\x9B', 'nul␀ del␡ c1⟨U+009B⟩'],
    ['zero\u200Bwidth\uFEFF', 'zero⟨U+200B⟩width⟨U+FEFF⟩'],
    ['tag\u{E0041}', 'tag⟨U+E0041⟩'],
    ['🏴\u{E0048}\u{E0069}', '🏴⟨U+E0048⟩⟨U+E0069⟩'],
  ])('%j reads as %s', (text, shown) => expect(visibleText(text)).toBe(shown))

  test.each([
    'Plain text, with\nlines\tand tabs',
    'سلام دنیا',
    'می\u200Cخواهم',
    '👩\u200D👩\u200D👧',
    '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
  ])('%j stays as it is', (text) => expect(visibleText(text)).toBe(text))

  test('takes linear time', () => {
    const text = '\u{E0041}'.repeat(100_000)
    const start = performance.now()
    expect(visibleText(text)).toHaveLength(100_000 * '⟨U+E0041⟩'.length)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
