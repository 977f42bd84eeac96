import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { importTurns } from './import-turns.ts'
import { chats, barrier } from './scripts.ts'

test.use({ provider: { upstream: 'fake', api: 'responses' } })

const paragraphs = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => `Paragraph ${from + n} of a long answer.\n\n`).join(
    '',
  )

test('the view follows the answer while it is scrolled to the end', async ({ chat, fake }) => {
  const gate = barrier()
  fake.setScript(
    chats({
      parts: [{ text: paragraphs(0, 40) }, gate.part, { text: paragraphs(40, 80) }],
      chars: 200,
    }),
  )
  await chat.open()
  await chat.send('Write much')
  await expect(chat.answer.root.getByText('Paragraph 39 of')).toBeInViewport()
  gate.open()

  await expect(chat.answer.root.getByText('Paragraph 79 of')).toBeInViewport()
})

test('a view that is scrolled up stays, with a button to return', async ({ chat, fake, page }) => {
  const gate = barrier()
  fake.setScript(
    chats({
      parts: [{ text: paragraphs(0, 40) }, gate.part, { text: paragraphs(40, 80) }],
      chars: 200,
    }),
  )
  await chat.open()
  await chat.send('Write much')
  await expect(chat.answer.root.getByText('Paragraph 39 of')).toBeInViewport()
  await expect(chat.toBottomButton).toBeHidden()
  await scrollUpTo(page, 'Paragraph 5 of')
  const early = chat.answer.root.getByText('Paragraph 5 of')
  const box = await early.boundingBox()
  gate.open()
  await expect(chat.answer.tryAgainButton).toBeAttached()

  await expect(early).toBeInViewport()
  expect(await early.boundingBox()).toEqual(box)
  await chat.toBottomButton.click()
  await expect(chat.answer.root.getByText('Paragraph 79 of')).toBeInViewport()
  await expect(chat.toBottomButton).toBeHidden()
})

test('a running conversation is marked in the list, and its title updates', async ({
  chat,
  fake,
}) => {
  const gate = barrier()
  fake.setScript(chats({ parts: [{ text: 'Slowly.' }, gate.part] }))
  await chat.open()
  await chat.send('Take your time')
  await expect(chat.answer.root).toContainText('Slowly.')
  await expect(chat.sidebar.runningMark).toHaveCount(1)
  gate.open()

  await expect(chat.sidebar.runningMark).toHaveCount(0)
  await expect(chat.sidebar.conversation('A short title')).toBeVisible()
})

test('a long conversation opens at its end', async ({ api, chat }) => {
  const asked = Array.from({ length: 6 }, (_, n) => `Question ${n + 1}`)
  await chat.openConversation(await importTurns(api, asked, paragraphs(0, 30)))

  await expect(chat.answer.root.getByText('Paragraph 29 of')).toBeInViewport()
  await expect(chat.questions.last()).toContainText('Question 6')
})

test('older messages load while scrolling up, and nothing jumps', async ({ api, chat, page }) => {
  const asked = Array.from({ length: 40 }, (_, n) => `Question no. ${n + 1}.`)
  const id = await importTurns(api, asked, paragraphs(0, 3))
  const { previousCursor } = await api.conversation(id)
  expect(previousCursor).not.toBeNull()
  await page.addInitScript(holdLayout)
  await chat.openConversation(id)
  await expect(page.getByText('Question no. 40.')).toBeInViewport()
  await expect(page.getByText('Question no. 1.', { exact: true })).toHaveCount(0)

  // Messages far above the end are not rendered.
  const isDrawn = (question: Element) => question.checkVisibility({ contentVisibilityAuto: true })
  await expect.poll(() => chat.questions.first().evaluate(isDrawn)).toBe(false)
  expect(await chat.questions.last().evaluate(isDrawn)).toBe(true)

  expect(await chat.transcript.evaluate(jumpsOnTheWayUp)).toEqual([])
  await expect(page.getByText('Question no. 1.', { exact: true })).toBeInViewport()
  await expect(chat.questions).toHaveCount(40)
  expect(await chat.questions.allTextContents()).toEqual(asked)
})

declare global {
  interface Window {
    /** Gives the sections of an opened thread their real heights. */
    layOut?: () => void
  }
}

/** Sections far above get their real heights half a second after the page: here when the test says so. */
function holdLayout(): void {
  const held: (() => void)[] = []
  const original = window.setTimeout.bind(window)
  const hold = (run: () => void, ms?: number, ...args: unknown[]) =>
    ms === 500 ? held.push(run) : original(run, ms, ...args)
  window.setTimeout = hold as typeof window.setTimeout
  window.layOut = () => held.splice(0).forEach((run) => run())
}

/**
 * Scrolls up to the first message without pause, so that older messages arrive between a step and the
 * next frame. Returns by how much the visible content moved unexpectedly.
 */
async function jumpsOnTheWayUp(log: Element): Promise<number[]> {
  const jumps: number[] = []
  const isWhole = () => log.textContent.includes('Question no. 1.')
  while (!isWhole() || log.scrollTop > 0) {
    const shown = [...log.querySelectorAll('article')].find(
      (article) => article.getBoundingClientRect().bottom > 0,
    )
    const before = shown?.getBoundingClientRect().top ?? 0
    const step = log.scrollTop < 200 && !isWhole() ? -100 : Math.min(30, log.scrollTop)
    log.scrollBy(0, -step)
    // At the worst moment: the page has not heard yet that the reader scrolls.
    window.layOut?.()
    await new Promise((next) => setTimeout(next))
    const moved = (shown?.getBoundingClientRect().top ?? 0) - before
    if (Math.abs(moved - step) > 2) jumps.push(moved - step)
  }
  return jumps
}

async function scrollUpTo(page: Page, text: string): Promise<void> {
  const target = page.getByText(text)
  await target.hover({ trial: true })
  await target.scrollIntoViewIfNeeded()
}

test('the view follows the end while content above collapses and the answer grows', async ({
  chat,
  fake,
  page,
}) => {
  fake.setScript(chats({ parts: [{ text: 'A line of words.\n\n'.repeat(60) }] }))
  await chat.open()
  await chat.send('Go on')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  const gap = await chat.answer.root.evaluate(async (answer) => {
    const log = answer.closest('[role=log]')
    if (log === null) throw new Error('There is no thread.')
    const space = answer.appendChild(document.createElement('div'))
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn))
    for (const height of [200, 50]) {
      space.style.height = `${height}px`
      // Forces a layout in between, so that the browser scrolls before the content grows.
      log.getBoundingClientRect()
      if (height === 50) space.style.height = '120px'
      await frame()
      await frame()
    }
    return log.scrollHeight - log.clientHeight - log.scrollTop
  })
  expect(gap).toBeLessThanOrEqual(1)
  await expect(page.getByRole('button', { name: 'Jump to latest' })).toHaveCount(0)
})
