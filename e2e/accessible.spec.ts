import { expectNoViolations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { CheckPage } from './pages/check-page.ts'
import { PricesPage } from './pages/prices-page.ts'
import { ProvidersPage } from './pages/providers-page.ts'
import { ReconcilePage } from './pages/reconcile-page.ts'
import { WhatIfDialog } from './pages/what-if-dialog.ts'
import { SAMPLE } from './long-answer.ts'
import { chats } from './scripts.ts'

const SUM = { call: { name: 'calculate', arguments: { expression: '17 * 23' } } }

test.use({
  colorScheme: 'light',
  contextOptions: { reducedMotion: 'reduce' },
  provider: { upstream: 'fake', api: 'responses' },
})

test('axe finds no violations in a conversation, its cards, dialogs and settings', async ({
  chat,
  fake,
  page,
}) => {
  test.setTimeout(120_000)
  fake.setScript(chats({ parts: [SUM] }, { parts: SAMPLE }))
  await chat.open()
  await expectNoViolations(page)
  const settings = await chat.openSettings()
  await expect(settings.root).toBeVisible()
  await expectNoViolations(page)
  await page.keyboard.press('Escape')
  await expect(settings.root).toBeHidden()

  await chat.send('Show everything')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await chat.answer.reasoning.click()
  await expectNoViolations(page)
  const card = await chat.answer.openTool('calculate')
  await card.getByRole('button', { name: 'Tokens and cost' }).click()
  await card.getByRole('button', { name: 'Drop from context' }).click()
  await expect(card).toContainText('Dropped from context')
  await expectNoViolations(page)

  const receipt = await chat.answer.openReceipt()
  await expect(receipt.root).toBeVisible()
  await expectNoViolations(page)
  await new WhatIfDialog(page).open()
  await expectNoViolations(page)
  await receipt.close()
  await receipt.close()
  await expect((await chat.openContext()).getByRole('table')).toBeVisible()
  await expectNoViolations(page)
  await page.keyboard.press('Escape')
  await expect((await chat.openBilled()).getByRole('table')).toBeVisible()
  await expectNoViolations(page)
  await page.keyboard.press('Escape')
  await chat.composer.fill('What will this cost?')
  await page.getByRole('group', { name: 'Next request' }).waitFor()
  await expectNoViolations(page)
})

test('axe finds no violations while a stopped answer is counted', async ({ chat, fake, page }) => {
  fake.setScript(chats({ parts: [{ text: 'The first half.' }, { fault: 'stall' }] }))
  await chat.open()
  await chat.send('Tell me all')
  await expect(chat.answer.root).toContainText('The first half.')
  await page.getByRole('button', { name: 'More ways to stop' }).click()
  await expect(page.getByRole('menuitem')).toBeFocused()
  await expectNoViolations(page)
  await page.keyboard.press('Escape')

  await chat.hideAndFinishCounting()
  await expect(chat.answer.root).toContainText('· counting')
  await expectNoViolations(page)
  const receipt = await chat.answer.openReceipt()
  await expect(receipt.root).toContainText('still asked what it used')
  await expectNoViolations(page)
})

test('axe finds no violations on the usage and reconcile pages', async ({
  api,
  fake,
  page,
  usage,
}) => {
  fake.setScript(chats({ parts: [SUM] }, { parts: SAMPLE }))
  await api.ended(await api.say('What is 17 * 23?'))
  await usage.open()
  await expect(usage.byModel).toBeVisible()
  await usage.byTool.getByRole('link', { name: 'calculate' }).click()
  await expect(usage.usesOf('calculate')).toBeVisible()
  await expectNoViolations(page)

  await page.goto('/usage?from=2020-01-01&purpose=chat')
  await expect(usage.calls).toBeVisible()
  await expectNoViolations(page)

  const reconcile = new ReconcilePage(page)
  await reconcile.open()
  await reconcile.drop('bill.csv', 'date,model,spend\n2026-11-02,gpt-4.1,0.5\n')
  await expect(reconcile.rows).toHaveCount(1)
  await expectNoViolations(page)
  await reconcile.askOpenAi('', '2026-11-02', '2026-11-01')
  await expectNoViolations(page)
})

test('axe finds no violations in the settings', async ({ fake, page }) => {
  test.setTimeout(120_000)
  fake.setScript({ usage: null })
  const providers = new ProvidersPage(page)
  await providers.open()
  await expect(providers.provider('127.0.0.1')).toContainText('models')
  await expectNoViolations(page)

  await providers.openAdd('Ollama')
  await providers.field('Base URL').fill('http://gpu-box')
  await providers.field('Name').fill('')
  await providers.dialog.getByText('More settings').click()
  await providers.dialog.getByRole('button', { name: 'Save' }).click()
  await expect(providers.dialog.getByRole('alert')).not.toBeEmpty()
  await expectNoViolations(page)

  await page.goto('/settings/general')
  await expect(page.getByRole('radio', { name: 'System' })).toBeChecked()
  await expectNoViolations(page)

  const prices = new PricesPage(page)
  await prices.open()
  await prices.add({ 'Model or pattern': 'gpt-*', Input: '1', Output: '2' })
  await expect(prices.yours).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Edit the price for gpt-*' }).click()
  await prices.dialog.getByRole('button', { name: 'Add a tier' }).click()
  await prices.dialog.getByRole('button', { name: 'Save' }).click()
  await expect(prices.dialog.getByRole('alert')).not.toBeEmpty()
  await expectNoViolations(page)

  const check = new CheckPage(page)
  await check.open()
  await expect(check.runButton).toBeVisible()
  await expectNoViolations(page)
  await check.run()
  await expectNoViolations(page)
})
