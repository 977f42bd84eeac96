// Reads what the user typed: words, "quoted phrases" and filters. Anything that is not a known filter is
// words, never query syntax. What a filter cannot mean is refused with a sentence.
import { MAX_SEARCH_CHARS } from '#shared/search.ts'
import { Problem } from '../http/problem.ts'
import { type CostRange, parseCost } from './cost-range.ts'
import { MAX_WORD_CHARS, wordsIn } from './words.ts'
import { t } from '#shared/translate.ts'

/** Of more words, such as a pasted text, the longest are searched for: these are the rare ones. */
const MAX_PATTERNS = 24

export interface Piece {
  text: string
  isUnspaced: boolean
  /** Also finds longer words that begin with it. */
  isPrefix: boolean
}

/** A word, or the words of a phrase, which must follow each other. */
export type Pattern = Piece[]

export const TAG_KINDS = ['model', 'agent', 'tool'] as const
export type TagKind = (typeof TAG_KINDS)[number]

/** Plain data: it is sent to the worker thread. */
export interface SearchQuery {
  patterns: Pattern[]
  named: { kind: TagKind; value: string }[]
  costs: CostRange[]
  /** ISO times; `after` is included, `before` is not. */
  after: string | null
  before: string | null
  hasFile: boolean
  isArchived: boolean
}

const ELEMENT = /(?<name>[a-z]+):(?<value>"[^"]*"?|\S+)|"(?<phrase>[^"]*)"?|[^\s"]+/giu

export function parseQuery(text: string): SearchQuery {
  if (text.length > MAX_SEARCH_CHARS) {
    throw new Problem('bad_request', t`Search for at most ${MAX_SEARCH_CHARS} characters.`)
  }
  const query = emptyQuery()
  for (const { 0: element, groups = {} } of text.normalize('NFC').matchAll(ELEMENT)) {
    const { name, value, phrase } = groups
    if (phrase !== undefined) query.patterns.push(...phraseOf(phrase))
    else if (name === undefined || value === undefined) query.patterns.push(...wordsOf(element))
    else if (!addFilter(query, name.toLowerCase(), value.replaceAll('"', ''))) {
      query.patterns.push(...wordsOf(element))
    }
  }
  return { ...query, patterns: mostTelling(query.patterns) }
}

/** Every word of a text, without phrases and filters. */
export function wordsQuery(text: string): SearchQuery {
  return { ...emptyQuery(), patterns: mostTelling(wordsOf(text.normalize('NFC'))) }
}

function emptyQuery(): SearchQuery {
  return {
    patterns: [],
    named: [],
    costs: [],
    after: null,
    before: null,
    hasFile: false,
    isArchived: false,
  }
}

export function isEmptyQuery(query: SearchQuery): boolean {
  const { patterns, named, costs, after, before, hasFile, isArchived } = query
  const count = patterns.length + named.length + costs.length
  return count === 0 && after === null && before === null && !hasFile && !isArchived
}

/** Returns false if there is no such filter. */
function addFilter(query: SearchQuery, name: string, value: string): boolean {
  const kind = TAG_KINDS.find((each) => each === name)
  if (kind !== undefined) query.named.push({ kind, value: value.toLowerCase() })
  else if (name === 'cost') query.costs.push(parseCost(value))
  else if (name === 'after') query.after = later(query.after, parseDay(name, value))
  else if (name === 'before') query.before = earlier(query.before, parseDay(name, value))
  else if (name === 'has') query.hasFile = isOnly(name, value, 'file')
  else if (name === 'in') query.isArchived = isOnly(name, value, 'archive')
  else return false
  return true
}

function isOnly(name: string, value: string, only: string): true {
  if (value.toLowerCase() === only) return true
  throw new Problem('bad_request', t`${name}: takes ${only}, as in ${name}:${only}.`)
}

const later = (one: string | null, other: string) => (one !== null && one > other ? one : other)
const earlier = (one: string | null, other: string) => (one !== null && one < other ? one : other)

function phraseOf(text: string): Pattern[] {
  const pieces = piecesOf(text).map((piece) => ({ ...piece, isPrefix: false }))
  return pieces.length === 0 ? [] : [pieces]
}

function wordsOf(text: string): Pattern[] {
  return piecesOf(text).map((piece) => [piece])
}

function piecesOf(text: string): Piece[] {
  return [...wordsIn(text)]
    .filter((word) => word.text !== '')
    .map(({ text: word, isUnspaced }) => ({
      text: word.slice(0, MAX_WORD_CHARS),
      isUnspaced,
      isPrefix: !isUnspaced && word.length >= 2,
    }))
}

/** Each pattern once. */
function mostTelling(patterns: Pattern[]): Pattern[] {
  const different = [...new Map(patterns.map((each) => [JSON.stringify(each), each])).values()]
  return different.toSorted((one, other) => length(other) - length(one)).slice(0, MAX_PATTERNS)
}

const length = (pattern: Pattern) => pattern.reduce((sum, { text }) => sum + text.length, 0)

/** The value of `after:` and `before:`: a day, a month or a year, in UTC. */
const DAY = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/

/** Returns the time at which the day, month or year begins. */
function parseDay(name: string, value: string): string {
  const [, year, month = '1', day = '1'] = DAY.exec(value) ?? []
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  // A day that does not exist, such as February 30, would move to another month.
  const exists = at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day)
  if (year === undefined || !exists) {
    throw new Problem(
      'bad_request',
      t`${name}: takes a date, as in ${name}:2026-01-31, ${name}:2026-01 or ${name}:2026.`,
    )
  }
  return at.toISOString()
}
