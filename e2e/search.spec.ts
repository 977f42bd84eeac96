import { expectNoViolations } from './axe.ts'
import { expect, test } from './fixtures.ts'

test('a message is found as one types, and opened in its branch', async ({
  api,
  chat,
  guard,
  page,
}) => {
  guard.allow(/400 \(Bad Request\)/)
  const run = await api.say('What is 17 * 23?')
  await api.ended(run)
  await api.updateConversation(run.conversationId, { title: 'Multiplying' })
  const { sidebar } = chat
  await chat.open()
  const field = sidebar.root.getByRole('searchbox', { name: 'Search' })
  await field.fill('multipl')
  const results = sidebar.root.getByRole('region', { name: 'Search results' })
  await expect(results.getByRole('link')).toHaveCount(1)
  await expect(results.getByRole('link')).toContainText('What is 17 * 23?')
  await expect(results.locator('mark')).toHaveText('Multiplying')

  await field.fill('cost:many')
  await expect(results.getByRole('alert')).toContainText('cost:>1')
  await field.fill('nothinglikeit')
  await expect(results).toContainText('Nothing found')
  await field.fill('')
  await sidebar.root.getByRole('button', { name: 'Search filters' }).click()
  await sidebar.root.getByRole('button', { name: /^tool:/ }).click()
  await expect(field).toHaveValue('tool:')
  await field.pressSequentially('calculate')
  await expect(results.getByRole('link')).toHaveCount(1)

  await field.fill('391')
  await expect(results.locator('mark').first()).toHaveText('391')
  await field.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/c/${run.conversationId}\\?message=${run.messageId}`))
  await expect(chat.answer.root).toContainText('391')
  await expect
    .poll(() => page.evaluate(() => CSS.highlights.get('search-marks')?.size ?? 0))
    .toBeGreaterThan(0)
  await page.setViewportSize({ width: 390, height: 800 })
  await page.getByRole('button', { name: 'Open sidebar' }).click()
  const drawer = page.getByRole('dialog', { name: 'Conversations' })
  await drawer.getByRole('searchbox', { name: 'Search' }).fill('391')
  await expect(drawer.getByRole('link', { name: /Multiplying/ })).toBeVisible()
  await expectNoViolations(page)
})

test('everything is done from the command palette and by shortcuts that can be changed', async ({
  api,
  chat,
  page,
}) => {
  const run = await api.say('What is 17 * 23?')
  await api.ended(run)
  await api.updateConversation(run.conversationId, { title: 'Multiplying' })
  await chat.open()
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  const field = palette.getByRole('combobox', { name: 'Command' })
  await expect(field).toBeFocused()
  await expect(palette.getByRole('option').first()).toHaveText('Multiplying')
  await expectNoViolations(page)
  await field.fill('391')
  await expect(palette.getByRole('group', { name: 'Messages' })).toContainText('391')
  await field.fill('mult')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/c/${run.conversationId}`))
  await expect(palette).toBeHidden()

  await page.keyboard.press('Control+k')
  await field.fill('shortcuts')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await dialog.getByRole('button', { name: 'New chat: Ctrl Shift O' }).click()
  await page.keyboard.press('Control+k')
  await expect(dialog).toContainText('Ctrl K is used by “Command palette”')
  await page.keyboard.press('Control+j')
  await expect(dialog.getByRole('button', { name: 'New chat: Ctrl J' })).toBeVisible()
  await page.setViewportSize({ width: 390, height: 800 })
  await expectNoViolations(page)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await page.reload()
  await expect(chat.answer.root).toContainText('391')
  await page.keyboard.press('Control+j')
  await expect(page).toHaveURL(/\/$/)
  await expect(chat.composer).toHaveValue('')
  await page.keyboard.press('/')
  await expect(chat.composer).toHaveValue('/')
})
