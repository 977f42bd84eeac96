import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

test('the whole chat works without a mouse', async ({ chat, page }) => {
  await chat.open()
  await expect(chat.composer).toBeFocused()
  await page.keyboard.type('What is 17 * 23?')
  await page.keyboard.press('Enter')
  await expect(chat.answer.root).toContainText('391')
  await expect(chat.answer.tryAgainButton).toBeVisible()

  await tabTo(page, chat.answer.receiptButton)
  await page.keyboard.press('Enter')
  const receipt = page.getByRole('dialog', { name: 'Receipt' })
  await expect(receipt).toBeVisible()
  await expect(receipt.locator(':focus')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(receipt).toBeHidden()
  await expect(chat.answer.receiptButton).toBeFocused()

  await tabTo(page, chat.sidebar.newChatButton)
  await page.keyboard.press('Enter')
  await expect(chat.composer).toBeFocused()
  await expect(chat.answers).toHaveCount(0)

  await tabTo(page, chat.sidebar.conversations.first())
  await page.keyboard.press('Enter')
  await expect(chat.answer.root).toContainText('391')

  await tabTo(page, page.getByRole('link', { name: 'Usage' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Usage', level: 1 })).toBeVisible()
})

test('the focused element is visible', async ({ chat, page }) => {
  await chat.open()
  for (let step = 0; step < 12; step++) {
    await page.keyboard.press('Tab')
    const ring = await page.evaluate(() => {
      const focused = document.activeElement
      if (!focused || focused === document.body) return 'nothing focused'
      const { outlineStyle, boxShadow } = getComputedStyle(focused)
      return outlineStyle !== 'none' || boxShadow !== 'none' ? 'ring' : focused.outerHTML
    })
    expect(['ring', 'nothing focused']).toContain(ring)
  }
})

/** Presses Tab until the element is focused. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stops = 0; stops < 80; stops++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never reaches ${target.toString()}`)
}
