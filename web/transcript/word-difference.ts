// The difference of two texts, word by word.
import { diffWordsWithSpace } from 'diff/lib/diff/word.js'

/** Texts that differ in almost every word take long, and their difference tells nothing. */
const MAX_MS = 3_000

export interface TextPiece {
  text: string
  /** It is not in the other text. */
  isDifferent: boolean
}

export interface WordDifference {
  before: TextPiece[]
  after: TextPiece[]
}

/** Computed in steps, so that the page stays usable. Null if it takes too long. */
export function wordDifference(before: string, after: string): Promise<WordDifference | null> {
  return new Promise((resolve) => {
    diffWordsWithSpace(before, after, {
      timeout: MAX_MS,
      callback: (changes) => {
        if (changes === undefined) return resolve(null)
        const side = (other: 'added' | 'removed', own: 'added' | 'removed') =>
          changes
            .filter((change) => !change[other])
            .map((change) => ({ text: change.value, isDifferent: change[own] }))
        resolve({ before: side('added', 'removed'), after: side('removed', 'added') })
      },
    })
  })
}
