import { expect, test } from 'vitest'
import { PlainText } from './plain-text.ts'

test('the lines of a text are estimated by its line breaks and by its length', () => {
  expect(new PlainText('a\n'.repeat(100_000)).lineCount).toBeCloseTo(100_000, -2)
  expect(new PlainText('word '.repeat(16_000)).lineCount).toBe(1_000)
})
