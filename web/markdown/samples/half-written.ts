// Texts that stop in the middle, and what a reader should see of them meanwhile: the visible text
// and the elements that must be there. Shared by the tests and the bench.
export interface HalfWritten {
  text: string
  shows: string
  /** A selector for each element that the half is drawn as. */
  as: string[]
}

export const halfWritten: HalfWritten[] = [
  { text: 'A **bold', shows: 'A bold', as: ['strong'] },
  { text: 'A **bold*', shows: 'A bold', as: ['strong'] },
  { text: 'A *slanted', shows: 'A slanted', as: ['em'] },
  { text: 'A _slanted', shows: 'A slanted', as: ['em'] },
  { text: '***both', shows: 'both', as: ['em strong'] },
  { text: '**bold and `code', shows: 'bold and code', as: ['strong code'] },
  { text: 'An ~~error', shows: 'An error', as: ['del'] },
  { text: 'Some `code', shows: 'Some code', as: ['p > code'] },
  { text: 'Some `code`', shows: 'Some code', as: ['p > code'] },
  { text: 'Nothing yet: **', shows: 'Nothing yet:', as: ['p'] },
  { text: 'See [the doc', shows: 'See the doc', as: ['p'] },
  { text: 'See [the docs]', shows: 'See the docs', as: ['p'] },
  { text: 'See [the docs](https://exam', shows: 'See the docs', as: ['.md-link'] },
  { text: 'See [the docs](https://example.org "Ti', shows: 'See the docs', as: ['.md-link'] },
  { text: 'See https://exam', shows: 'See https://exam', as: ['.md-link'] },
  { text: 'A map: ![of the tow', shows: 'A map: of the tow', as: ['p'] },
  { text: 'A map: ![of the town](https://ex', shows: 'A map: of the town', as: ['.md-image'] },
  { text: 'Fish &am', shows: 'Fish', as: ['p'] },
  { text: 'A <b', shows: 'A', as: ['p'] },
  { text: '##', shows: '', as: [] },
  { text: '## Head', shows: 'Head', as: ['h2'] },
  { text: 'Title\n--', shows: 'Title', as: ['p'] },
  { text: 'Above\n\n**', shows: 'Above', as: ['p'] },
  { text: '- one\n-', shows: 'one', as: ['ul > li'] },
  { text: '- one\n  - two **b', shows: 'onetwo b', as: ['ul ul > li > strong'] },
  { text: '1. one\n2', shows: 'one', as: ['ol > li'] },
  { text: '- [', shows: '', as: ['ul > li'] },
  { text: '- [x] do', shows: 'do', as: ['li > input:checked'] },
  { text: '> quo', shows: 'quo', as: ['blockquote > p'] },
  { text: '```ty', shows: 'Copy', as: ['.md-code'] },
  { text: '```ts\nconst a', shows: 'tsCopyconst a', as: ['.md-code .md-line'] },
  { text: '```ts\nconst a\n``', shows: 'tsCopyconst a\n', as: ['.md-code .md-line'] },
  { text: '| a | b', shows: 'ab', as: ['th[scope=col] + th'] },
  { text: '| a | b |\n|--', shows: 'ab', as: ['th[scope=col] + th'] },
  { text: '| a | b |\n|---|---|\n| 1 | **2', shows: 'ab12', as: ['td + td > strong'] },
  { text: '| a | b |\n|---|---|\n| 1', shows: 'ab1', as: ['td + td'] },
  { text: '$$\nx^2', shows: 'x^2', as: ['.md-math code'] },
  { text: 'So $x^2', shows: 'So x^2', as: ['code.md-formula'] },
  { text: 'So \\(x^2', shows: 'So x^2', as: ['code.md-formula'] },
  { text: 'It costs $5', shows: 'It costs $5', as: ['p'] },
  { text: 'As noted[^1', shows: 'As noted1', as: ['sup'] },
]
