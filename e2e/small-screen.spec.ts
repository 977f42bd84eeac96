import type { Page } from '@playwright/test'
import { expectNoViolations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { PricesPage } from './pages/prices-page.ts'
import { SAMPLE } from './long-answer.ts'
import { chats } from './scripts.ts'

const SUM = { call: { name: 'calculate', arguments: { expression: '17 * 23' } } }

test.use({
  viewport: { width: 390, height: 780 },
  hasTouch: true,
  isMobile: true,
  provider: { upstream: 'fake', api: 'responses' },
})

test('a phone shows the chat, receipts and usage, and nothing scrolls sideways', async ({
  chat,
  fake,
  page,
  usage,
}) => {
  fake.setScript(chats({ parts: SAMPLE }, { parts: [SUM] }, { parts: [{ text: 'It is 391.' }] }))
  await chat.open()
  await chat.send('Show everything')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await expectNoSidewaysScroll(page)
  for (const name of ['Reasoning', 'Copy code', 'Copy', 'Try again']) {
    const button = chat.answer.root.getByRole('button', { name, exact: true })
    expect.soft((await button.boundingBox())?.height, name).toBeGreaterThanOrEqual(44)
  }

  await chat.send('What is 17 * 23?')
  await expect(chat.answers).toHaveCount(2)
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await expect(chat.composer).toBeInViewport()
  await expect(chat.sendButton).toBeInViewport()
  await expectNoSidewaysScroll(page)

  // The title and the pickers are readable, and what has no place is in menus.
  const title = page.getByRole('heading', { level: 1 })
  expect((await title.boundingBox())?.width).toBeGreaterThan(75)
  for (const picker of [chat.agentPicker, chat.modelPicker]) {
    const name = picker.locator('.truncate').first()
    expect(await name.evaluate((text) => text.scrollWidth <= text.clientWidth)).toBe(true)
  }
  await page.getByRole('button', { name: 'Conversation menu' }).click()
  await page.getByRole('menuitem', { name: 'Export' }).click()
  await expect(page.getByRole('menuitem', { name: 'Markdown' })).toBeVisible()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  const dialog = page.getByRole('dialog', { name: 'Rename conversation' })
  await expectNoViolations(page)
  await dialog.getByRole('textbox', { name: 'Conversation title' }).fill('Everything at once')
  await page.keyboard.press('Enter')
  await expect(title).toHaveText('Everything at once')
  await page.getByRole('button', { name: 'Conversation menu' }).click()
  await page.getByRole('menuitem', { name: 'Pin' }).click()
  await page.getByRole('button', { name: 'Conversation menu' }).click()
  await expect(page.getByRole('menuitem', { name: 'Unpin' })).toBeVisible()
  await page.keyboard.press('Escape')
  await chat.answer.root.getByRole('button', { name: 'More' }).click()
  for (const name of ['Copy as Markdown', 'Branch', 'Delete', 'Delete from here on']) {
    await expect(page.getByRole('menuitem', { name, exact: true })).toBeVisible()
  }
  await expectNoViolations(page)
  await page.getByRole('menuitem', { name: 'Delete', exact: true }).click()
  const undo = page.getByRole('button', { name: 'Undo' })
  await expect(undo).toBeInViewport()
  const toast = await undo.locator('..').boundingBox()
  const header = await page.locator('header').first().boundingBox()
  expect(toast?.y).toBeGreaterThanOrEqual((header?.y ?? 0) + (header?.height ?? 0))
  await undo.click()
  await expect(chat.answers).toHaveCount(2)

  const receipt = await chat.answer.openReceipt()
  await expect(receipt.root).toBeInViewport()
  await expectNoSidewaysScroll(page)
  await usage.open()
  await expect(usage.byModel).toBeVisible()
  await expectNoSidewaysScroll(page)

  // Content that is wider than the screen fades out at its edge.
  const box = usage.byModel.locator('..')
  await expect(box).toHaveCSS('mask-image', /to left|270deg/)
  await box.focus()
  await box.evaluate((element) => element.scrollTo({ left: element.scrollWidth }))
  await expect(box).toHaveCSS('mask-image', /to right|90deg/)
})

test('the conversation list is in a drawer', async ({ api, chat, page }) => {
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

  await chat.openDrawer()
  await page.getByRole('button', { name: 'Hide sidebar' }).click()
  await expect(chat.sidebar.conversation('Packing list')).toBeHidden()
})

test('custom prices and the reprice dialog fit a phone', async ({ page }) => {
  const prices = new PricesPage(page)
  await prices.open()
  const sections = page.getByRole('navigation', { name: 'Settings' }).getByRole('list')
  await expect(sections).toHaveCSS('mask-image', /linear-gradient/)
  await prices.add({ 'Model or pattern': 'home-made-7b', Input: '0.5', Output: '2' })
  await expect(prices.yours).toBeVisible()
  await expectNoSidewaysScroll(page)
  await page.getByRole('button', { name: 'Reprice…' }).first().click()
  await prices.dialog.getByRole('button', { name: 'Preview' }).click()
  await expect(prices.dialog.getByText(/^No request is of these/)).toBeInViewport({ ratio: 1 })
})

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const beyond = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth - clientWidth
  })
  expect(beyond).toBeLessThanOrEqual(0)
}
