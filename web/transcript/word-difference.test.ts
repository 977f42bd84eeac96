import { expect, test } from 'vitest'
import { wordDifference } from './word-difference.ts'

const marked = (pieces: { text: string; isDifferent: boolean }[] = []) =>
  pieces.map(({ text, isDifferent }) => (isDifferent ? `[${text}]` : text)).join('')

test('words that are in one text only are marked, and nothing is lost', async () => {
  const before = 'The sky is blue.\nIt rains.'
  const after = 'The sky is deep blue.\nIt snows.'
  const found = await wordDifference(before, after)
  expect(marked(found?.before)).toBe('The sky is blue.\nIt [rains].')
  expect(marked(found?.after)).toBe('The sky is [deep ]blue.\nIt [snows].')
  expect(found?.before.map(({ text }) => text).join('')).toBe(before)
  expect(found?.after.map(({ text }) => text).join('')).toBe(after)
})

test('equal and empty texts have no difference to mark', async () => {
  expect(marked((await wordDifference('Same', 'Same'))?.after)).toBe('Same')
  expect(await wordDifference('', '')).toEqual({ before: [], after: [] })
})
