import { expect, test } from 'vitest'
import { cutAtHeadings } from './sections.ts'
import { SearchIndex, searchDocumentation } from './search.ts'

test.for<[string, string]>([
  ['What is Tally?', 'What Tally is'],
  ['How do I connect Ollama?', 'Connect Ollama'],
  ['openrouter', 'Connect OpenRouter'],
  ['lm studio', 'Connect LM Studio'],
  ['several providers at once', 'Several providers at once'],
  ['What does an answer cost?', 'What an answer costs'],
  ['how certain is an amount', 'How certain an amount is'],
  ['keyboard shortcuts', 'Keyboard shortcuts'],
  ['how can I back up my data', 'Back up and restore'],
  ['restore a backup', 'Back up and restore'],
  ['the database is damaged', 'When the database is damaged'],
  ['context window', 'The context window of a model'],
  ['where is my data', 'Where your data is'],
  ['add a tool', 'Add a tool'],
  ['add an agent', 'Add an agent'],
  ['rate limit 429', 'Too many requests'],
  ['what happens when I close the tab', 'Close the tab'],
  ['is it free', 'Costs'],
  ['how do I install tally', 'Install and start Tally'],
  ['which models can I use', 'Which models you can use'],
  ['is my data private', 'Privacy'],
  ['what does it cost', 'Costs'],
  ['curl', 'The HTTP interface'],
  ['which environment variables', 'All settings'],
  ['how many tool calls can an answer have', 'Limits'],
  ['how long can a message be', 'Limits'],
  ['can I export this chat', 'Export a conversation'],
])('"%s" finds "%s" first', async ([query, heading]) => {
  expect((await searchDocumentation(query))[0]?.heading).toBe(heading)
})

test('words that no page contains find nothing', async () => {
  expect(await searchDocumentation('zebra quantum')).toEqual([])
})

test('requests get their turn while the pages are indexed', async () => {
  const sections = Array.from({ length: 100 }, (_, number) => {
    return { page: 'Page', heading: `Heading ${number}`, text: `word ${number} `.repeat(50) }
  })
  let turns = 0
  let next = setImmediate(function turn() {
    turns += 1
    next = setImmediate(turn)
  })
  const index = await SearchIndex.build(sections)
  clearImmediate(next)
  expect(turns).toBeGreaterThanOrEqual(20)
  expect(index.search('heading 42', 1)[0]?.heading).toBe('Heading 42')
})

test('a comment in a code block is not a heading', () => {
  const markdown = '# Page\n\n## One\n\n```sh\n# not a heading\n```\n\n## Two\n\ntext'
  expect(cutAtHeadings(markdown)).toEqual([
    { page: 'Page', heading: 'One', text: '```sh\n# not a heading\n```' },
    { page: 'Page', heading: 'Two', text: 'text' },
  ])
})
