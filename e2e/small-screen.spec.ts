import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

test.use({ viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true })

test('a phone shows the chat, and nothing scrolls sideways', async ({ chat, page }) => {
  await chat.open()
  await chat.send('Show me some Markdown')
  await expect(chat.answer.receiptButton).toBeVisible()
  await expectNoSidewaysScroll(page)

  await chat.send('What is 17 * 23?')
  await expect(chat.answers).toHaveCount(2)
  await expect(chat.answer.receiptButton).toBeVisible()
  await expect(chat.composer).toBeInViewport()
  await expect(chat.sendButton).toBeInViewport()
  await expectNoSidewaysScroll(page)
})

test('the list of conversations is a drawer that opens and closes', async ({ api, chat, page }) => {
  const { id } = await api.createConversation({ title: 'Packing list' })
  await chat.open()
  await expect(chat.sidebar.conversation('Packing list')).toBeHidden()

  await chat.openDrawer()
  await chat.sidebar.conversation('Packing list').click()
  await expect(page).toHaveURL(`/c/${id}`)
  await expect(chat.sidebar.conversation('Packing list')).toBeHidden()

  await chat.openDrawer()
  await expect(chat.sidebar.newChatButton).toBeInViewport()
  await page.keyboard.press('Escape')
  await expect(chat.sidebar.conversation('Packing list')).toBeHidden()
})

test('usage and receipt fit a phone', async ({ chat, page, usage }) => {
  await chat.open()
  await chat.send('What is 17 * 23?')
  const receipt = await chat.answer.openReceipt()
  await expect(receipt.root).toBeInViewport()
  await expectNoSidewaysScroll(page)

  await usage.open()
  await expect(usage.byModel).toBeVisible()
  await expectNoSidewaysScroll(page)
})

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement)
  expect(scrollWidth).toBeLessThanOrEqual(clientWidth)
}
