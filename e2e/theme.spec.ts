import { expect, test } from './fixtures.ts'

test('a theme is stored, and that of the system is followed while the page is open', async ({
  chat,
  page,
}) => {
  const theme = (name: string) => expect(page.locator('html')).toHaveAttribute('data-theme', name)
  await chat.open()
  for (const chosen of ['Dark', 'Light'] as const) {
    await page.emulateMedia({ colorScheme: chosen === 'Dark' ? 'light' : 'dark' })
    await chat.chooseTheme(chosen)
    await theme(chosen.toLowerCase())

    await page.reload()
    await chat.composer.waitFor()
    await theme(chosen.toLowerCase())
  }

  await page.emulateMedia({ colorScheme: 'light' })
  await chat.chooseTheme('System')
  await theme('light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await theme('dark')
})
