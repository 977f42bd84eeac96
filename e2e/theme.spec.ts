import { expect, test } from './fixtures.ts'

for (const theme of ['Dark', 'Light'] as const) {
  test(`the ${theme.toLowerCase()} theme is stored`, async ({ chat, page }) => {
    await page.emulateMedia({ colorScheme: theme === 'Dark' ? 'light' : 'dark' })
    await chat.open()
    await chat.chooseTheme(theme)
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme.toLowerCase())

    await page.reload()
    await chat.composer.waitFor()
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme.toLowerCase())
  })
}

test('the system theme follows the system while the page is open', async ({ chat, page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await chat.open()
  await chat.chooseTheme('System')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')

  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})
