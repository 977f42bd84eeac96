import { expect, test } from 'vitest'
import { markPieces, renderMarkdown } from './rendered-markdown.ts'
import { wordDifference } from './word-difference.ts'

/** The marked words of the second text, and its box. */
async function compared(before: string, after: string) {
  const [one, two] = await Promise.all([before, after].map(renderMarkdown))
  if (!one || !two) throw new Error('A text was not rendered.')
  const difference = await wordDifference(one.text, two.text)
  await markPieces(two, difference?.after ?? [], () => document.createElement('ins'))
  const marked = [...two.box.querySelectorAll('ins')].map(({ textContent }) => textContent)
  return { marked, box: two.box }
}

test('words of the rendered text are marked, not the signs of Markdown', async () => {
  const { marked, box } = await compared('The **sky** is blue.', 'The *sky* is deep blue.')
  expect(marked).toEqual(['deep '])
  expect(box.textContent).toBe('The sky is deep blue.')
  expect(box.querySelector('em')?.textContent).toBe('sky')
})

test('a table and a list keep their form, and only what is new in them is marked', async () => {
  const table = (last: string) => `| City | Degrees |\n|---|---|\n| Oslo | 3 |\n| Rome | ${last} |`
  const { marked, box } = await compared(
    `${table('18')}\n\n- one`,
    `${table('21')}\n\n- one\n- two`,
  )
  expect(marked).toEqual(['21', 'two'])
  expect(box.querySelectorAll('tr')).toHaveLength(3)
  expect(box.querySelector('td ins')?.textContent).toBe('21')
  expect(box.querySelectorAll('li')).toHaveLength(2)
})

test('code stays code, without its button', async () => {
  const code = (name: string) => `\`\`\`ts\nconst a = 1\nconst ${name} = 2\n\`\`\``
  const { marked, box } = await compared(code('b'), code('c'))
  expect(marked).toEqual(['c'])
  expect(box.querySelector('pre')?.textContent).toBe('const a = 1\nconst c = 2\n')
  expect(box.querySelector('button')).toBeNull()
})

test('a formula is marked as a whole', async () => {
  const { marked, box } = await compared('It is $a^2$.', 'It is $b^2$.')
  expect(marked).toHaveLength(1)
  expect(box.querySelector('ins math')).not.toBeNull()
})

test('a text that is too long to be drawn whole is not rendered', async () => {
  expect(await renderMarkdown('word '.repeat(20_000))).toBeNull()
  expect(await renderMarkdown(`\`\`\`\n${'line\n'.repeat(2000)}\`\`\``)).toBeNull()
})
