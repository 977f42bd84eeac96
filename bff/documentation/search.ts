// A small ranked search (BM25) over the documentation pages, which are loaded on first use.
import { readPages, type Section } from './sections.ts'

const PAGES = new URL('./pages/', import.meta.url)
const HEADING_WEIGHT = 4
/** The weight of a heading whose words are all in the query, such as "What is Tally?". */
const WHOLE_HEADING_WEIGHT = 2
/** The usual constants: how soon repetition saturates, and how much length matters. */
const SATURATION = 1.2
const LENGTH_WEIGHT = 0.3
/** Results below this share of the best score are dropped. */
const RELEVANT = 0.55

export interface FoundSection extends Section {
  score: number
}

let index: SearchIndex | undefined

export function searchDocumentation(query: string, limit = 3): FoundSection[] {
  index ??= new SearchIndex(readPages(PAGES))
  return index.search(query, limit)
}

interface IndexedSection {
  section: Section
  formatHeading: string[]
  counts: Map<string, number>
  length: number
}

export class SearchIndex {
  readonly #sections: IndexedSection[]
  readonly #averageLength: number

  constructor(sections: Section[]) {
    this.#sections = sections.map(indexSection)
    const total = this.#sections.reduce((sum, { length }) => sum + length, 0)
    this.#averageLength = total / Math.max(1, this.#sections.length)
  }

  search(query: string, limit: number): FoundSection[] {
    const asked = new Set(allWords(query))
    const terms = [...new Set(words(query))]
    const weights = terms.map((term) => ({ term, weight: this.#rarity(term) }))
    const found = this.#sections
      .map((indexed) => ({
        ...indexed.section,
        score: this.#score(indexed, weights) + bonus(indexed, asked),
      }))
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score)
      .slice(0, limit)
    const best = found[0]?.score ?? 0
    return found.filter(({ score }) => score >= best * RELEVANT)
  }

  #rarity(term: string): number {
    const having = this.#sections.filter(({ counts }) => counts.has(term)).length
    return Math.log(1 + (this.#sections.length - having + 0.5) / (having + 0.5))
  }

  #score(indexed: IndexedSection, weights: { term: string; weight: number }[]): number {
    const length = 1 - LENGTH_WEIGHT + (LENGTH_WEIGHT * indexed.length) / this.#averageLength
    return weights.reduce((sum, { term, weight }) => {
      const count = indexed.counts.get(term) ?? 0
      return sum + (weight * count * (SATURATION + 1)) / (count + SATURATION * length)
    }, 0)
  }
}

function bonus({ formatHeading }: IndexedSection, asked: Set<string>): number {
  const whole = formatHeading.every((word) => asked.has(word))
  return whole ? formatHeading.length * WHOLE_HEADING_WEIGHT : 0
}

function indexSection(section: Section): IndexedSection {
  const counts = new Map<string, number>()
  const text = words(section.text)
  const add = (word: string, times: number) => counts.set(word, (counts.get(word) ?? 0) + times)
  for (const word of text) add(word, 1)
  for (const word of words(section.heading)) add(word, HEADING_WEIGHT)
  for (const word of words(section.page)) add(word, HEADING_WEIGHT / 2)
  return { section, formatHeading: allWords(section.heading), counts, length: text.length }
}

const COMMON = new Set(
  'a an and are as at be by can do does for from how i in into is it its me my of on or please so that the this to use want was what when where which who why will with would you your tell show about'.split(
    ' ',
  ),
)

const SYNONYMS = new Map(
  Object.entries({
    price: 'cost',
    prices: 'cost',
    pricing: 'cost',
    money: 'cost',
    expensive: 'cost',
    cheap: 'cost',
    bill: 'cost',
    private: 'privacy',
    shortcuts: 'keyboard',
    configure: 'setting',
    configuration: 'setting',
    back: 'backup',
    extension: 'tool',
    plugin: 'tool',
    plugins: 'tool',
  }),
)

/** Removes common words, and maps synonyms to the words of the documentation. */
function words(text: string): string[] {
  return tokens(text)
    .filter((word) => !COMMON.has(word))
    .map((word) => SYNONYMS.get(word) ?? stem(word))
}

function allWords(text: string): string[] {
  return tokens(text).map(stem)
}

function tokens(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+|[≈≥$]/gu) ?? []
}

function stem(word: string): string {
  return word.length > 3 ? word.replace(/(?<=[^su])s$/, '') : word
}
