import { expect, test, vi } from 'vitest'
import { isDrawable, loadBlockViews } from './lazy-block.ts'
import { MarkdownDocument } from './markdown-document.ts'

test.each(['1 | 2', 'a `word`', 'It costs $5', 'Text\n\n- a list'])(
  '%s needs none of them',
  (text) => {
    expect(isDrawable(text)).toBe(true)
  },
)

test('code and tables are readable as their source until what draws them is loaded', async () => {
  const box = document.createElement('div')
  const text = 'Look:\n\n```js\nlet a\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n'
  expect(isDrawable(text)).toBe(false)
  new MarkdownDocument(box).draw(text, false)

  expect(box.querySelectorAll('figure, table')).toHaveLength(0)
  const sources = Array.from(box.querySelectorAll('.md-source'), (source) => source.textContent)
  expect(sources).toEqual(['let a\n', 'a | b\n1 | 2'])
  await vi.waitFor(() => expect(box.querySelector('table')?.textContent).toBe('ab12'))
  expect(box.querySelector('figure code')?.textContent).toBe('let a\n')
  expect(box.querySelector('.md-source')).toBeNull()
  expect(isDrawable(text)).toBe(true)
})

test('once they are loaded, every block is drawn at once', async () => {
  await loadBlockViews()
  const box = document.createElement('div')
  new MarkdownDocument(box).draw('```\nlet a\n```', false)

  expect(box.querySelector('figure')).not.toBeNull()
})
