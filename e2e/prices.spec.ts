import { PriceExport } from '#shared/prices.ts'
import { expect, test } from './fixtures.ts'
import { PricesPage } from './pages/prices-page.ts'
import { chats } from './scripts.ts'

const HOME_MADE = 'home-made-7b'

test.describe('for a model without a list price', () => {
  test.use({
    provider: { upstream: 'fake', api: 'chat_completions' },
    env: { OPENAI_MODEL: HOME_MADE },
    models: [HOME_MADE],
  })

  test.beforeEach(({ fake }) => {
    const usage = { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 }
    fake.setScript(
      chats({ parts: [{ text: 'Nobody knows what I cost.' }], usage, model: HOME_MADE }),
    )
  })

  test('a price is set from a receipt, used by the next answer, and applied to the last with undo', async ({
    chat,
    page,
  }) => {
    const prices = new PricesPage(page)
    await chat.open()
    await chat.send('What do you cost?')
    await expect(chat.answer.receiptButton).toHaveAccessibleName('Receipt: unpriced')
    const id = await chat.conversationId()

    const receipt = await chat.answer.openReceipt()
    await receipt.root.getByRole('link', { name: 'Add a price' }).click()
    await expect(prices.field('Model or pattern')).toHaveValue(HOME_MADE)
    await expect(prices.field('Provider')).toHaveValue(/^127\.0\.0\.1:/)
    await prices.field('Input').fill('0,50')
    await prices.field('Output').fill('2')
    await prices.field('Note').fill('our own server')
    await prices.save()
    await expect(prices.yours.getByRole('row', { name: /home-made-7b/ })).toContainText('0.5')

    // 1000 × 0.50 + 100 × 2.00 per million
    await chat.openConversation(id)
    await chat.send('And now?')
    await expect(chat.answers).toHaveCount(2)
    await expect(chat.answer.receiptButton).toHaveAccessibleName('Receipt: $0.0007')
    const priced = await chat.answer.openReceipt()
    await expect(priced.root).toContainText('Set by you')
    await expect(priced.root).toContainText('our own server')
    await priced.close()
    await expect(chat.answerAt(0).receiptButton).toHaveAccessibleName('Receipt: unpriced')

    await prices.open()
    const preview = await prices.previewReprice()
    await expect(preview.getByRole('row').last()).toContainText(/unpriced\$0\.\d+\+\$0\.\d+$/)
    await prices.apply()
    await expect(prices.pricedAgain).toContainText('Done')
    await chat.openConversation(id)
    await expect(chat.answerAt(0).receiptButton).toHaveAccessibleName('Receipt: $0.0007')
    await chat.answerAt(0).receiptButton.click()
    await expect(page.getByRole('list', { name: 'Corrections' })).toContainText(
      /Priced again by you on .*: unpriced became \$0\.0007/,
    )
    await page.keyboard.press('Escape')

    await prices.open()
    await prices.undo()
    await expect(prices.pricedAgain).toContainText('Undone')
    await chat.openConversation(id)
    await expect(chat.answerAt(0).receiptButton).toHaveAccessibleName('Receipt: unpriced')
    await expect(chat.answerAt(1).receiptButton).toHaveAccessibleName('Receipt: $0.0007')
  })

  test('the model picker and the usage page mark it as unpriced', async ({ chat, page, usage }) => {
    const prices = new PricesPage(page)
    await chat.open()
    await chat.send('What do you cost?')
    await expect(chat.answer.receiptButton).toHaveAccessibleName('Receipt: unpriced')
    await usage.open()
    await usage.byModel.getByRole('link', { name: 'Add a price' }).click()
    await expect(prices.field('Model or pattern')).toHaveValue(HOME_MADE)
    await prices.field('Input').fill('3')
    await prices.field('Output').fill('4')
    await prices.save()

    await chat.open()
    await chat.modelPicker.click()
    await expect(chat.modelChoice(HOME_MADE)).toContainText('$3.00 in · $4.00 out')
  })
})

test('prices open from the sidebar and are exported, deleted and imported', async ({
  api,
  chat,
  page,
}) => {
  const prices = new PricesPage(page)
  await chat.open()
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'Prices' }).click()
  await expect(prices.heading).toBeVisible()
  await expect(prices.disagreements).toBeHidden()
  await prices.openAdvanced()
  await expect(prices.disagreements).toBeVisible()
  await prices.add({ 'Model or pattern': 'tally-*', Input: '1', Output: '2' })
  await expect(prices.yours).toContainText('tally-*')

  const file = PriceExport.parse(await (await api.request('/api/prices/export')).json())
  await page.getByRole('button', { name: 'Delete the price for tally-*' }).click()
  await expect(prices.yours).toBeHidden()
  await page.getByLabel('File with prices').setInputFiles({
    name: 'tally-prices.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(file)),
  })
  await expect(prices.yours).toContainText('tally-*')
})
