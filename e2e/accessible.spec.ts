import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } })

    test('axe finds nothing on an empty page', async ({ chat, page }) => {
      await chat.open()
      await expectNoViolations(page)
    })

    test('axe finds nothing in a conversation, its receipt and its menus', async ({
      chat,
      page,
    }) => {
      await chat.open()
      await chat.send('Show me some Markdown')
      await expect(chat.answer.receiptButton).toBeVisible()
      await chat.send('What is 17 * 23?')
      await expect(chat.answers).toHaveCount(2)
      await expect(chat.answer.receiptButton).toBeVisible()
      await expectNoViolations(page)

      const receipt = await chat.answer.openReceipt()
      await expect(receipt.root).toBeVisible()
      await expectNoViolations(page)
      await receipt.close()
    })

    test('axe finds nothing on the usage page', async ({ api, page, usage }) => {
      await api.ended(await api.say('What is 17 * 23?'))
      await usage.open()
      await expect(usage.byModel).toBeVisible()
      await expectNoViolations(page)
    })

    test('axe finds nothing in the settings of a conversation', async ({ chat, page }) => {
      await chat.open()
      const settings = await chat.openSettings()
      await expect(settings.root).toBeVisible()
      await expectNoViolations(page)
    })
  })
}

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    nodes: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
  }))
  expect(found).toEqual([])
}
