// What the user sends is on the screen in the frame of the key that sends it.
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

test('an own message is drawn in the frame of Enter, in a new chat and in a conversation', async ({
  chat,
  page,
}) => {
  await chat.open()
  expect(await ownMessagesAfterEnter(page, 'What is 17 * 23?')).toEqual(['What is 17 * 23?'])
  await expect(chat.answer.tryAgainButton).toBeVisible()

  const again = await ownMessagesAfterEnter(page, 'And 2 * 3?')
  expect(again).toEqual(['What is 17 * 23?', 'And 2 * 3?'])
  await expect(chat.answer.tryAgainButton).toBeVisible()

  await page.reload()
  await expect(chat.answer.tryAgainButton).toBeVisible()
  const afterReload = await ownMessagesAfterEnter(page, 'And 5 * 5?')
  expect(afterReload).toEqual(['What is 17 * 23?', 'And 2 * 3?', 'And 5 * 5?'])
})

/** Types and sends a text. Resolves with the own messages at the first frame after the key. */
async function ownMessagesAfterEnter(page: Page, text: string): Promise<string[]> {
  const composer = page.getByRole('textbox', { name: 'Message' })
  await composer.pressSequentially(text)
  // The first key loads what sending needs.
  await page.waitForLoadState('networkidle')
  const seen = page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const onKey = ({ key }: KeyboardEvent) => {
          if (key !== 'Enter') return
          removeEventListener('keydown', onKey, { capture: true })
          requestAnimationFrame(() => {
            const own = document.querySelectorAll('article[aria-label=You]')
            resolve(Array.from(own, (article) => article.textContent))
          })
        }
        addEventListener('keydown', onKey, { capture: true })
      }),
  )
  await composer.press('Enter')
  return seen
}
