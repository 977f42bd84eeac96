// How texts and queries are split into words, so that both agree. Case, accents and width do not matter.
// Scripts without spaces have no words: every character and every pair of characters is a token, which
// finds any substring.
// Limited, because a longer match of a text without spaces overflows the stack.
const WORD = /[\p{L}\p{N}\p{M}]{1,4096}/gu
const UNSPACED_RUN =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]+/gu
const ASCII = /^[\0-\x7f]*$/
/** Accents, and what NFKD writes `⑴` and `ﷺ` with, which would end a token. */
const NO_PART = /[\u0300-\u036f -/:-@[-`{-~]/g
export const MAX_WORD_CHARS = 64

export interface Word {
  /** As it is compared. */
  text: string
  start: number
  end: number
  /** Part of a script without spaces. */
  isUnspaced: boolean
}

/** Yields the words in order. Offsets are those of `text`, which should be in the form NFC. */
export function* wordsIn(text: string): Generator<Word> {
  for (const { 0: run, index } of text.matchAll(WORD)) {
    if (ASCII.test(run)) {
      yield { text: run.toLowerCase(), start: index, end: index + run.length, isUnspaced: false }
    } else yield* byScript(run, index)
  }
}

function* byScript(run: string, offset: number): Generator<Word> {
  let from = 0
  for (const { 0: unspaced, index } of run.matchAll(UNSPACED_RUN)) {
    if (index > from) yield toWord(run, { from, to: index, offset, isUnspaced: false })
    from = index + unspaced.length
    yield toWord(run, { from: index, to: from, offset, isUnspaced: true })
  }
  if (from < run.length) yield toWord(run, { from, to: run.length, offset, isUnspaced: false })
}

interface WordPosition {
  from: number
  to: number
  offset: number
  isUnspaced: boolean
}

function toWord(run: string, { from, to, offset, isUnspaced }: WordPosition): Word {
  const text = foldCase(run.slice(from, to))
  return { text, start: offset + from, end: offset + to, isUnspaced }
}

function foldCase(word: string): string {
  return word.toLowerCase().normalize('NFKD').replaceAll(NO_PART, '').normalize('NFC')
}

/** The tokens under which a word is indexed. */
export function tokensOf({ text, isUnspaced }: Pick<Word, 'text' | 'isUnspaced'>): string[] {
  if (!isUnspaced) return text === '' ? [] : [text.slice(0, MAX_WORD_CHARS)]
  const chars = Array.from(text)
  const pairs = chars.slice(1).map((char, index) => `${chars[index]}${char}`)
  return [...chars, ...pairs]
}
