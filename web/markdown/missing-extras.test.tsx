import { expect, test, vi } from 'vitest'
import { MarkdownDocument } from './markdown-document.ts'

vi.mock('./extras.ts', () => {
  throw new Error('The file is gone.')
})

test('a text whose extras cannot be loaded is shown as it was written', async () => {
  const box = document.createElement('div')
  const code = 'Look:\n\n```js\nlet a\n```\n'
  const shown = new MarkdownDocument(box)

  shown.draw('Look:\n', true)
  expect(box.innerHTML).toBe('<p>Look:</p>')
  shown.draw(code, true)
  await vi.waitFor(() => expect(box.textContent).toBe(code))
  shown.draw(`${code}\nand more`, false)

  expect(box.textContent).toBe(`${code}\nand more`)
  expect(box.classList).toContain('md-plain')
})
