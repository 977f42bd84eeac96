// Texts of the maximum length: only the part near the view is mounted.
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { chats } from './scripts.ts'

test.use({ provider: { upstream: 'fake', api: 'responses' } })

const MAX_ELEMENTS = 5_000

test('an answer of a million lines mounts few elements and can be read to its end', async ({
  api,
  chat,
  fake,
  page,
}) => {
  test.slow()
  const lines = Array.from({ length: 950_000 }, (_, n) => (n % 50 === 0 ? `${n / 50}\n` : '.\n'))
  fake.setScript(chats({ parts: [{ text: `${lines.join('')}The end` }], chars: 50_000 }))
  const run = await api.say('Write very much')
  await api.ended(run)
  await chat.openConversation(run.conversationId)

  await expect(chat.answer.root.getByText('The end')).toBeInViewport()
  expect(await elementCount(page)).toBeLessThan(MAX_ELEMENTS)
  await scrollTo(page, 0.5)
  await expect(async () => {
    const near = await linesAround(page)
    const first = near.findIndex((line) => line !== '.')
    // Unmounted lines have an estimated height.
    expect(Math.abs(Number(near[first]) - 9_500)).toBeLessThan(300)
    expect(near[first + 50]).toBe(`${Number(near[first]) + 1}`)
  }).toPass()
  expect(await elementCount(page)).toBeLessThan(MAX_ELEMENTS)
  await scrollTo(page, 0)
  await expect(chat.questions.first()).toBeInViewport()
  expect(await elementCount(page)).toBeLessThan(MAX_ELEMENTS)
})

const COUNT = 20_000
const shapes = [
  { name: 'list items', line: (n: number) => `- ${n}\n`, item: 'li' },
  { name: 'table rows', line: (n: number) => `|${n}|\n`, item: 'td' },
  { name: 'paragraphs', line: (n: number) => `${n}\n\n`, item: 'p' },
  { name: 'quotes', line: (n: number) => `> ${n}\n>\n`, item: 'p' },
  { name: 'lines of code', line: (n: number) => `${n}\n`, item: '.md-line' },
]
const beginnings: Record<string, string> = {
  'table rows': '|Number|\n|-|\n',
  'lines of code': '```\n',
}

for (const { name, line, item } of shapes) {
  test(`of very many ${name}, only those near the view are mounted, in order`, async ({
    api,
    chat,
    fake,
    page,
  }) => {
    const count = Math.min(COUNT, Math.floor(95_000 / line(COUNT).length))
    const lines = Array.from({ length: count }, (_, n) => line(n)).join('')
    const text = `${beginnings[name] ?? ''}${lines}`
    fake.setScript(chats({ parts: [{ text }], chars: 50_000 }))
    const run = await api.say('Write very much')
    await api.ended(run)
    await chat.openConversation(run.conversationId)

    await expect(async () => expect((await visible(page, item)).at(-1)).toBe(count - 1)).toPass()
    expect(await elementCount(page)).toBeLessThan(MAX_ELEMENTS)
    for (const share of [0.5, 0.2, 0.8]) {
      await expect(async () => {
        // Again, because the lines stay in place when guessed heights become real.
        await scrollTo(page, share)
        const numbers = await visible(page, item)
        expect(numbers.length).toBeGreaterThan(5)
        const [first = 0] = numbers
        expect(numbers).toEqual(numbers.map((_, index) => first + index))
        expect(Math.abs(first / count - share)).toBeLessThan(0.05)
      }).toPass()
      expect(await elementCount(page)).toBeLessThan(MAX_ELEMENTS)
    }
  })
}

test('a very long user message is collapsed and opens by keyboard', async ({
  chat,
  page,
  fake,
}) => {
  fake.setScript(chats({ parts: [{ text: 'Read.' }] }))
  const text = `${'Many words. '.repeat(12_499)}The end`
  await chat.open()
  await chat.send(text)
  await expect(chat.answer.root).toContainText('Read.')
  const question = chat.questions.first()
  const height = async () => (await question.boundingBox())?.height ?? 0
  expect(await height()).toBeLessThan(1_500)

  const showAll = question.getByRole('button', { name: 'Show all 149,995 characters' })
  await showAll.focus()
  await page.keyboard.press('Enter')
  await expect(question.getByRole('button', { name: 'Show less' })).toBeFocused()
  await expect.poll(height).toBeGreaterThan(20_000)
  expect(await elementCount(page)).toBeLessThan(MAX_ELEMENTS)
  await page.keyboard.press('Enter')
  expect(await height()).toBeLessThan(1_500)
})

function elementCount(page: Page): Promise<number> {
  return page.evaluate(() => document.querySelectorAll('*').length)
}

async function scrollTo(page: Page, share: number): Promise<void> {
  const log = page.getByRole('log')
  await log.evaluate((box, part) => box.scrollTo(0, part * box.scrollHeight), share)
}

/** Returns the mounted lines from the top of the view on. */
function linesAround(page: Page): Promise<string[]> {
  return page.getByRole('log').evaluate((log) => {
    const { top } = log.getBoundingClientRect()
    const lines = [...log.querySelectorAll('.md-line')]
    const first = lines.findIndex((line) => line.getBoundingClientRect().bottom > top - 1_000)
    return lines.slice(first, first + 200).map(({ textContent }) => textContent.trim())
  })
}

/** Returns the numbers of the visible items, from the top. */
function visible(page: Page, item: string): Promise<number[]> {
  return page.getByRole('log').evaluate((log, selector) => {
    const { top, bottom } = log.getBoundingClientRect()
    return [...log.querySelectorAll(`article[aria-label=Assistant] ${selector}`)]
      .filter((element) => {
        const rect = element.getBoundingClientRect()
        return rect.height > 0 && rect.top >= top && rect.bottom <= bottom
      })
      .filter(({ textContent }) => textContent !== '')
      .map(({ textContent }) => Number(textContent))
  }, item)
}
