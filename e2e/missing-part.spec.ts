// Missing parts: an unknown address, or a file that an update has removed.
import { expect, test } from './fixtures.ts'

test('a dialog that cannot be loaded shows an error until a reload', async ({
  chat,
  guard,
  page,
}) => {
  guard.allow(/Failed to load resource|dynamically imported module/)
  await page.route('**/assets/dialogs-*.js', (route) => route.fulfill({ status: 404 }))
  await chat.open()
  await chat.send('What is 17 * 23?')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await chat.composer.fill('Typed on')
  await chat.answer.receiptButton.click()

  const alert = page.getByRole('alert').filter({ hasText: 'This could not be loaded.' })
  await expect(alert).toBeVisible()
  await expect(chat.answer.root).toContainText('391')
  await alert.getByRole('button', { name: 'Close' }).click()
  await expect(alert).toBeHidden()

  await chat.answer.receiptButton.click()
  await expect(alert).toBeVisible()
  await page.unroute('**/assets/dialogs-*.js')
  await alert.getByRole('button', { name: 'Reload' }).click()
  await expect(chat.composer).toHaveValue('Typed on')
  const receipt = await chat.answer.openReceipt()
  await expect(receipt.root).toBeVisible()
})

test('an answer stays visible when a part around its text cannot be loaded', async ({
  chat,
  guard,
  page,
}) => {
  guard.allow(/Failed to load resource|dynamically imported module/)
  await page.route('**/assets/details-*.js', (route) => route.fulfill({ status: 404 }))
  await chat.open()
  await chat.send('Show me what Markdown can look like')
  await expect(chat.answer.root.getByRole('heading').first()).toBeVisible()
  await chat.stopButton.click()
  await expect(chat.answer.root.getByText('This could not be loaded.').last()).toBeVisible()
  await expect(chat.sendButton).toBeVisible()
  await expect(chat.answer.root.getByRole('heading').first()).toBeVisible()
})

test('a page that cannot be loaded offers a reload', async ({ chat, guard, page }) => {
  guard.allow(/Failed to load resource|dynamically imported module/)
  await page.route('**/assets/usage-*.js', (route) => route.fulfill({ status: 404 }))
  await chat.open()
  await page.getByRole('link', { name: 'Usage' }).click()
  const reload = page.getByRole('button', { name: 'Reload the page' })
  await expect(reload).toBeVisible()
  await page.unroute('**/assets/usage-*.js')
  await reload.click()
  await expect(page.getByRole('heading', { name: 'Usage', level: 1 })).toBeVisible()
})

test('an unknown address links back to the chat', async ({ chat, guard, page }) => {
  guard.allow(/Failed to load resource/)
  const answer = await page.goto('/nowhere')
  expect(answer?.status()).toBe(404)
  await expect(page.getByText('There is nothing at this address')).toBeVisible()
  await page.getByRole('link', { name: 'Start a new chat' }).click()
  await expect(chat.composer).toBeVisible()
})
