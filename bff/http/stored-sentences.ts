// Stored sentences are English: what a run, a check or a job has written is read later, in any language. On
// the way to a reader, a sentence is found by its English, and its values are put into its translation.
import { asDollars, withDecimalSign } from '#shared/money.ts'
import { language } from '#shared/translate.ts'
import { storableSentences } from './language.ts'

interface Sentence {
  /** The English before, between and behind the values. */
  parts: string[]
  /** Which value stands where. */
  order: number[]
  translation: string
}

interface Sentences {
  whole: Map<string, string>
  /** Those with values, by their first letter; those that begin with a value under the empty string. */
  byStart: Map<string, Sentence[]>
}

/** Longer texts are none of Tally's, and a provider could make the search slow with them. */
const MAX_CHARS = 2_000
const MAX_SENTENCES = 20

/** Returns the text in the language of the request. Other words, such as those of a provider, stay. */
export function translateStored(text: string): string {
  if (language() === 'en' || text.length > MAX_CHARS) return text
  if (sentenceEnds(text).length >= MAX_SENTENCES) return text
  return translateSentence(text) ?? translateInTurn(text) ?? text
}

/** Translates the texts with these names, where there are any. */
export function translateFields<Of extends object>(of: Of, names: readonly string[]): Of {
  const translated = { ...of }
  for (const [name, value] of Object.entries(of)) {
    if (typeof value !== 'string' || !names.includes(name)) continue
    Object.assign(translated, { [name]: translateStored(value) })
  }
  return translated
}

function translateSentence(text: string): string | null {
  const found = sentences().whole.get(text)
  if (found !== undefined) return found
  const match = bestMatch(text)
  if (match === null) return null
  const values = match.values.map(translateValue)
  return match.translation.replaceAll(/\{(\d)\}/g, (_, at: string) => values[Number(at)] ?? '')
}

/** Several sentences, one behind the other. */
function translateInTurn(text: string): string | null {
  for (const end of sentenceEnds(text).toReversed()) {
    const first = translateSentence(text.slice(0, end))
    if (first !== null) return `${first} ${translateStored(text.slice(end + 1))}`
  }
  return null
}

interface Match {
  translation: string
  values: string[]
}

/** The sentence with the most words in common. */
function bestMatch(text: string, isClosed = false): Match | null {
  const { byStart } = sentences()
  let best: Match | null = null
  let bestChars = 0
  for (const sentence of [...(byStart.get(text.charAt(0)) ?? []), ...(byStart.get('') ?? [])]) {
    const { parts, order, translation } = sentence
    const chars = parts.join('').length
    if (chars <= bestChars || (isClosed && parts.at(-1) === '')) continue
    const found = valuesIn(text, parts)
    if (found === null) continue
    const values: string[] = []
    for (const [at, index] of order.entries()) values[index] = found[at] ?? ''
    best = { translation, values }
    bestChars = chars
  }
  return best
}

/** Reads what stands in the place of the values, or null if this is another sentence. */
function valuesIn(text: string, parts: string[]): string[] | null {
  const [first = '', ...others] = parts
  const last = others.at(-1) ?? ''
  if (!text.startsWith(first) || !text.endsWith(last)) return null
  const values: string[] = []
  let at = first.length
  for (const [index, part] of others.entries()) {
    const isLast = index === others.length - 1
    const end = isLast ? text.length - part.length : text.indexOf(part, at + 1)
    if (end <= at) return null
    const value = text.slice(at, end)
    if (isLast && part === '' ? hasKnownEnd(value) : sentenceEnds(value).length > 0) return null
    values.push(value)
    at = end + part.length
  }
  return values
}

/** The words of a provider may be several sentences, but behind them can stand one of Tally. */
function hasKnownEnd(value: string): boolean {
  return sentenceEnds(value).some((end) => {
    const rest = value.slice(end + 1)
    return sentences().whole.has(rest) || bestMatch(rest, true) !== null
  })
}

/** Where a sentence ends and another one begins. */
function sentenceEnds(text: string): number[] {
  return [...text.matchAll(/[.!?](?= [\p{Lu}\d“"])/gu)].map(({ index }) => index + 1)
}

/** A value may be a sentence, or a number or an amount as English writes it. */
function translateValue(value: string): string {
  const amount = /^\$([\d,]+)(\.\d+)$/.exec(value)
  if (amount !== null) {
    const [, dollars = '', fraction = ''] = amount
    return asDollars(translateNumber(dollars) + withDecimalSign(fraction))
  }
  const [number, whole = '', fraction = '', unit = ''] = NUMBER.exec(value) ?? []
  if (number === undefined) return translateStored(value)
  return translateNumber(whole) + withDecimalSign(fraction) + unit
}

const NUMBER = /^(\d{1,3}(?:,\d{3})*)(\.\d+)?( m?s)?$/

function translateNumber(english: string): string {
  return Number(english.replaceAll(',', '')).toLocaleString(language())
}

const known = new Map<string, Sentences>()

function sentences(): Sentences {
  const read = known.get(language()) ?? readSentences()
  known.set(language(), read)
  return read
}

/** Without words of its own, a sentence could be anything: `{0} ms`, `{0} and {1}`. */
function isDistinct(text: string): boolean {
  return text.length > 5 && text.replaceAll(/\P{L}/gu, '').length > 2
}

function readSentences(): Sentences {
  const whole = new Map<string, string>()
  const byStart = new Map<string, Sentence[]>()
  for (const [english, translation] of storableSentences()) {
    const pieces = english.split(/\{(\d)\}/)
    const parts = pieces.filter((_, index) => index % 2 === 0)
    const order = pieces.filter((_, index) => index % 2 === 1).map(Number)
    if (order.length === 0) whole.set(english, translation)
    else if (isDistinct(parts.join(''))) {
      const start = (parts[0] ?? '').charAt(0)
      byStart.set(start, [...(byStart.get(start) ?? []), { parts, order, translation }])
    }
  }
  return { whole, byStart }
}
