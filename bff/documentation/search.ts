// A ranked search over the documentation pages, which are loaded on first use.
import MiniSearch from 'minisearch'
import { readPages, type Section } from './sections.ts'

const PAGES = new URL('./pages/', import.meta.url)
/** The weight of a heading whose words are all in the query, such as "What is Tally?". */
const WHOLE_HEADING_WEIGHT = 2
/** Results below this share of the best score are dropped. */
const RELEVANT = 0.55

export interface FoundSection extends Section {
  /** How well the words fit, whatever their number. */
  score: number
  /** The share of the words asked for that it has. */
  coverage: number
}

let index: Promise<SearchIndex> | undefined

export async function searchDocumentation(query: string, limit = 3): Promise<FoundSection[]> {
  index ??= SearchIndex.build(readPages(PAGES))
  return (await index).search(query, limit)
}

/** Each takes a millisecond. */
const SECTIONS_AT_ONCE = 4

/** Its words are those of the language: "export" finds no help with exporting. */
const CODE = /^```ts\n[^]*?^```$/gm

export class SearchIndex {
  readonly #sections: Section[]
  readonly #index = new MiniSearch<Section & { id: number }>({
    fields: ['heading', 'page', 'text'],
    tokenize,
    processTerm: searched,
    searchOptions: { boost: { heading: 1.5, page: 0.75 }, bm25: { k: 1.2, b: 0.2, d: 0 } },
  })

  private constructor(sections: Section[]) {
    this.#sections = sections
  }

  static async build(sections: Section[]): Promise<SearchIndex> {
    const built = new SearchIndex(sections)
    const documents = sections.map((section, id) => ({
      ...section,
      text: section.text.replaceAll(CODE, ''),
      id,
    }))
    await built.#index.addAllAsync(documents, { chunkSize: SECTIONS_AT_ONCE })
    return built
  }

  search(query: string, limit: number): FoundSection[] {
    const asked = new Set(tokenize(query).map(stem))
    const words = new Set(tokenize(query).flatMap((word) => searched(word) ?? []))
    const found = this.#index
      .search(query)
      .flatMap(({ id, score, terms, queryTerms }) => {
        const section = this.#sections[id]
        if (section === undefined) return []
        const whole = bonus(section, asked)
        const coverage = queryTerms.length / words.size
        // The index multiplies the sum over all words by how many of them were found.
        return [
          {
            rank: score + whole,
            found: { ...section, score: score / terms.length + whole, coverage },
          },
        ]
      })
      .toSorted((a, b) => b.rank - a.rank)
      .slice(0, limit)
    const best = found[0]?.rank ?? 0
    return found.filter(({ rank }) => rank >= best * RELEVANT).map((one) => one.found)
  }
}

function bonus({ heading }: Section, asked: Set<string>): number {
  const words = tokenize(heading).map(stem)
  return words.every((word) => asked.has(word)) ? words.length * WHOLE_HEADING_WEIGHT : 0
}

const COMMON = new Set(
  'a an and are as at be by can do does for from how i in into is it its me my of on or please so that the this to use want was what when where which who why will with would you your tell show about there does did have has change facts all work works something'.split(
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
    stored: 'kept',
    saved: 'kept',
    deleted: 'delete',
    deleting: 'delete',
    spend: 'cost',
    chat: 'conversation',
    chats: 'conversation',
    offline: 'network',
    spent: 'cost',
  }),
)

function tokenize(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+|[≈≥$]/gu) ?? []
}

/** Null if every text has it. */
function searched(word: string): string | null {
  return COMMON.has(word) ? null : (SYNONYMS.get(word) ?? stem(word))
}

function stem(word: string): string {
  return word.length > 3 ? word.replace(/(?<=[^su])s$/, '') : word
}
