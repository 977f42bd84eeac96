// How much is done for a stream, counted and not timed: what makes the bench's T1 and T3 hold.
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { openPage } from '../testing/markdown-page.tsx'
import { loadHighlight } from './loaded-highlight.ts'

const work = vi.hoisted(() => ({ parses: 0, characters: 0, highlighted: 0 }))

vi.mock(import('./inline-parser.ts'), async (original) => {
  const { parseInline, InlineParser } = await original()
  return {
    InlineParser,
    parseInline: (text, arriving, links) => {
      work.parses += 1
      work.characters += text.length
      return parseInline(text, arriving, links)
    },
  }
})

vi.mock(import('./highlight.ts'), async (original) => {
  const { highlight } = await original()
  return {
    highlight: (source, language) => {
      work.highlighted += source.length
      return highlight(source, language)
    },
  }
})

beforeAll(loadHighlight)
beforeEach(() => Object.assign(work, { parses: 0, characters: 0, highlighted: 0 }))

const WORDS = 'a **bold** word and `code` then [a link](https://example.org) again'

test('a block is parsed once per frame while it is open, and once more when it is closed', () => {
  const page = openPage()
  const blocks = 60
  const text = `${WORDS}.\n\n`.repeat(blocks)
  const step = 20
  for (let end = step; end < text.length + step; end += step) page.draw(text.slice(0, end), true)
  page.draw(text)

  const frames = Math.ceil(text.length / step)
  expect(work.parses).toBeLessThanOrEqual(frames + blocks)
  expect(work.parses).toBeGreaterThan(blocks)
})

test('a table parses its header once and each row while it is open', () => {
  const page = openPage()
  const rows = 50
  let text = '| a | b | c |\n|---|---|---|\n'
  for (let row = 0; row < rows; row += 1) {
    text += '| one | two | three |\n'
    page.draw(text, true)
  }

  expect(work.parses).toBe(3 + 3 * rows)
})

test('a line of code is coloured while it is open, and once more with the whole block', async () => {
  const page = openPage()
  const line = "const greeting = 'hello' // said\n"
  let text = '```ts\n'
  for (let count = 0; count < 200; count += 1) {
    text += line.slice(0, 12)
    page.draw(text, true)
    text += line.slice(12)
    page.draw(text, true)
  }
  const byLine = 200 * (12 + line.length - 1)
  expect(work.highlighted).toBe(byLine)

  page.draw(`${text}\`\`\`\n`, true)
  const whole = 200 * line.length
  await vi.waitFor(() => expect(work.highlighted).toBe(byLine + whole + 200 * (line.length - 1)))
})

const shapes: [string, (index: number) => string][] = [
  ['paragraphs', () => `${WORDS}\n\n`],
  ['one list', () => `- ${WORDS}\n`],
  ['one loose list', () => `1. ${WORDS}\n\n`],
  ['one list in a list', (index) => `${index === 0 ? '- top\n' : ''}  - ${WORDS}\n`],
  ['one table', (index) => `${index === 0 ? '| a |\n|---|\n' : ''}| ${WORDS} |\n`],
  ['one paragraph', () => `${WORDS}, `],
  ['one paragraph of many lines', () => `${WORDS}\n`],
  ['one quote', () => `> ${WORDS}\n`],
  ['one quote of paragraphs', () => `> ${WORDS}\n>\n`],
  ['marks that never close', () => '**a [b *c `d\n'],
  ['one block of code', (index) => `${index === 0 ? '```ts\n' : ''}const a = '${WORDS}'\n`],
]

test.each(shapes)('one more word costs the same after much text as after little: %s', (_, part) => {
  const text = Array.from({ length: 700 }, (_, index) => part(index)).join('')
  const costAfter = (length: number) => {
    const page = openPage()
    page.draw(text.slice(0, length), true)
    Object.assign(work, { parses: 0, characters: 0, highlighted: 0 })
    for (let more = 4; more <= 200; more += 4) page.draw(text.slice(0, length + more), true)
    return work.characters + work.highlighted
  }

  const early = costAfter(5_000)
  expect(early).toBeGreaterThan(0)
  // At most one piece of 4,096 characters is parsed again for each of the 50 words.
  expect(costAfter(30_000)).toBeLessThanOrEqual(Math.max(early * 1.5, 50 * 4_200))
})
