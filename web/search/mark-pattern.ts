/**
 * Finds the words as they are written in a snippet, without regard to case. Not by comparing in lower case, which can
 * have another length than the text.
 */
export function patternOf(words: string[]): RegExp | null {
  const forms = words.flatMap((word) => [word.normalize('NFC'), word.normalize('NFD')])
  const wanted = [...new Set(forms)].filter((form) => form !== '')
  if (wanted.length === 0) return null
  const longestFirst = wanted.toSorted((one, other) => other.length - one.length)
  const escaped = longestFirst.map((form) => form.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
  return new RegExp(escaped.join('|'), 'giu')
}
