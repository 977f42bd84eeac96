// Finds the matches of a query in a text, and the piece of the text that shows them best.
import type { TextRange } from '#shared/search.ts'
import { syntaxIn } from './markdown-syntax.ts'
import type { Pattern, Piece } from './parse-query.ts'
import { type Word, wordsIn } from './words.ts'

const SNIPPET_CHARS = 180
/** How much of the text stands before the first match. */
const LEAD_CHARS = 40
/** How far behind the first match a better place is looked for. */
const LOOK_AHEAD_CHARS = 20_000
const MAX_MATCHES = 200

interface Match {
  range: TextRange
  pattern: Pattern
}

export interface Snippet {
  text: string
  marks: TextRange[]
}

/** Returns matches in their order: those near the first one of a long text. */
export function findMatches(text: string, patterns: Pattern[]): Match[] {
  if (patterns.length === 0) return []
  const longest = Math.max(...patterns.map(({ length }) => length))
  const matches: Match[] = []
  const recent: Word[] = []
  for (const word of wordsIn(text)) {
    const first = matches[0]?.range[0] ?? word.start
    if (matches.length >= MAX_MATCHES || word.start - first > LOOK_AHEAD_CHARS) break
    recent.push(word)
    if (recent.length > longest) recent.shift()
    for (const pattern of patterns) {
      const range = matchEnd(recent, pattern)
      if (range !== null) matches.push({ range, pattern })
    }
  }
  return matches
}

/** Whether the last words are this pattern. */
function matchEnd(words: Word[], pattern: Pattern): TextRange | null {
  const before = words.length - pattern.length
  const ranges = pattern.map((piece, index) => {
    const word = words[before + index]
    return word === undefined ? null : matchWord(word, piece)
  })
  const [first = null] = ranges
  const last = ranges.at(-1) ?? null
  if (first === null || last === null || ranges.includes(null)) return null
  return [first[0], last[1]]
}

function matchWord(word: Word, { text, isUnspaced, isPrefix }: Piece): TextRange | null {
  const { start, end } = word
  if (word.isUnspaced !== isUnspaced) return null
  if (!isUnspaced) {
    return word.text === text || (isPrefix && word.text.startsWith(text)) ? [start, end] : null
  }
  const at = word.text.indexOf(text)
  if (at < 0) return null
  // Where folding has changed the length, the whole run is marked.
  return word.text.length === end - start ? [start + at, start + at + text.length] : [start, end]
}

/**
 * Returns the piece with the most different patterns, or the beginning without a match. Of Markdown it shows the
 * text, but a match in the syntax, such as in the address of a link, stays visible.
 */
export function makeSnippet(text: string, matches: Match[], isMarkdown: boolean): Snippet {
  const match = mostTelling(matches)
  const marks = marksOf(matches)
  const from = match === null ? 0 : wordStart(text, match.range[0] - LEAD_CHARS)
  const hidden = isMarkdown ? syntaxNear(text, from, marks) : []
  const to = wordEnd(text, from + SNIPPET_CHARS + lengthWithin(hidden, from, from + SNIPPET_CHARS))
  const [head, tail] = [from > 0 ? '…' : '', to < text.length ? '…' : '']
  let shown = ''
  let at = from
  for (const [start, end] of [...hidden, [to, to]] satisfies TextRange[]) {
    if (start > at) shown += text.slice(at, Math.min(start, to))
    at = Math.min(Math.max(at, end), to)
  }
  const shownOffset = (offset: number) =>
    head.length + offset - from - lengthWithin(hidden, from, offset)
  return {
    // One space for one character, so that the marks stay in place.
    text: `${head}${shown.replaceAll(/\s/gu, ' ')}${tail}`,
    marks: marks
      .filter(([start, end]) => start >= from && end <= to)
      .map(([start, end]) => [shownOffset(start), shownOffset(end)]),
  }
}

/** How much before and behind a snippet is read to tell its syntax. */
const CONTEXT_CHARS = 300

/** Without what a match begins or ends in. */
function syntaxNear(text: string, from: number, marks: TextRange[]): TextRange[] {
  const start = Math.max(0, text.lastIndexOf('\n', from) + 1, from - CONTEXT_CHARS)
  const piece = text.slice(start, from + 2 * SNIPPET_CHARS + CONTEXT_CHARS)
  return syntaxIn(piece)
    .map(([first, end]): TextRange => [start + first, start + end])
    .filter(([first, end]) => !marks.some((mark) => mark.some((at) => at > first && at < end)))
    .filter(([first, end]) => !marks.some((mark) => mark[0] >= first && mark[1] <= end))
}

/** How many characters of the ranges are between two offsets. */
function lengthWithin(ranges: TextRange[], from: number, to: number): number {
  let length = 0
  for (const [start, end] of ranges) {
    length += Math.max(0, Math.min(end, to) - Math.max(start, from))
  }
  return length
}

/** Returns the ranges in their order, without those inside others. */
export function marksOf(matches: Match[]): TextRange[] {
  const marks: TextRange[] = []
  const inOrder = matches
    .map(({ range }) => range)
    .toSorted((one, other) => one[0] - other[0] || other[1] - one[1])
  for (const range of inOrder) if (range[0] >= (marks.at(-1)?.[1] ?? 0)) marks.push(range)
  return marks
}

function mostTelling(matches: Match[]): Match | null {
  let best: Match | null = null
  let most = 0
  for (const [index, match] of matches.entries()) {
    const end = match.range[0] + SNIPPET_CHARS - LEAD_CHARS
    const near = new Set<Pattern>()
    for (let n = index; n < matches.length; n += 1) {
      const other = matches[n]
      if (other === undefined || other.range[1] > end) break
      near.add(other.pattern)
    }
    if (near.size > most) [best, most] = [match, near.size]
  }
  return best
}

const NEAR_CHARS = 20

function wordStart(text: string, wanted: number): number {
  if (wanted <= 0) return 0
  const space = text.slice(wanted, wanted + NEAR_CHARS).search(/\s/u)
  return space < 0 ? afterSurrogate(text, wanted) : wanted + space + 1
}

function wordEnd(text: string, wanted: number): number {
  if (wanted >= text.length) return text.length
  const piece = text.slice(wanted - NEAR_CHARS, wanted)
  const space = Math.max(piece.lastIndexOf(' '), piece.lastIndexOf('\n'))
  return space < 0 ? afterSurrogate(text, wanted) : wanted - NEAR_CHARS + space
}

/** Never between the two halves of a character. */
function afterSurrogate(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at
}
