// Right-to-left text: related content is on the same side.
import type { Locator } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { chats } from './scripts.ts'

test.use({ provider: { upstream: 'fake', api: 'responses' } })

const arabic = `# عنوان قصير

هذه فقرة قصيرة.

- البند الأول
- البند الثاني
- English item
  1. داخلي

> اقتباس قصير

| الاسم | العدد |
|---|---|
| تفاح | ٣ |

\`\`\`
const a = 1
\`\`\`
`

const english = `A paragraph.

- First
- عنصر
`

/** Returns the edges of the text in an element and of the element. */
function sides(locator: Locator) {
  return locator.evaluate((element) => {
    const range = document.createRange()
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    const text = texts.nextNode() ?? element
    range.selectNodeContents(text)
    const inside = range.getBoundingClientRect()
    const box = element.getBoundingClientRect()
    const { direction } = getComputedStyle(element)
    return { direction, left: inside.left, right: inside.right, box: [box.left, box.right] }
  })
}

test('an Arabic answer has its bullets, bars and columns on the side of its text', async ({
  chat,
  fake,
}) => {
  fake.setScript(chats({ parts: [{ text: arabic }], chars: 9 }))
  await chat.open()
  await chat.send('سؤال')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  const { root } = chat.answer

  const paragraph = await sides(root.locator('p').first())
  const items = await Promise.all((await root.locator('ul > li').all()).map(sides))
  expect(items).toHaveLength(3)
  for (const item of items) {
    // The bullet is outside the box, on the side where the text starts.
    expect(item.direction).toBe('rtl')
    expect(Math.abs(item.right - (item.box[1] ?? 0))).toBeLessThan(2)
    // Bullets are in the space between the edge of the list and the paragraph.
    expect(paragraph.right - item.right).toBeGreaterThan(15)
    expect(paragraph.right - item.right).toBeLessThan(40)
  }
  const heading = await sides(root.getByRole('heading'))
  expect(Math.abs(heading.right - paragraph.right)).toBeLessThan(2)
  const quote = root.locator('blockquote')
  await expect(quote).toHaveCSS('border-right-width', '3px')
  await expect(quote).toHaveCSS('border-left-width', '0px')
  const quoted = await sides(quote)
  expect((quoted.box[1] ?? 0) - quoted.right).toBeLessThan(30)
  const [first, second] = await Promise.all((await root.getByRole('columnheader').all()).map(sides))
  expect(first?.left).toBeGreaterThan(second?.right ?? 0)
  await expect(root.locator('pre')).toHaveCSS('direction', 'ltr')
  await expect(chat.questions.locator('div').first()).toHaveCSS('direction', 'rtl')
})

test('an English list keeps an Arabic item beside its bullet', async ({ chat, fake }) => {
  fake.setScript(chats({ parts: [{ text: english }] }))
  await chat.open()
  await chat.send('Question')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  for (const item of await chat.answer.root.locator('li').all()) {
    const { direction, left, box } = await sides(item)
    expect(direction).toBe('ltr')
    expect(Math.abs(left - (box[0] ?? 0))).toBeLessThan(2)
  }
})
