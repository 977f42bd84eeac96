// The other stories of the demo: a question, agents inside an agent, an answer as data, a router.
import { expect, test } from './fixtures.ts'

test('a question of the support desk is answered from a second tab', async ({ api, chat }) => {
  const { id } = await api.createConversation({ agent: 'triage' })
  await chat.openConversation(id)
  await chat.send('I want a refund')
  const question = chat.transcript.getByRole('group', { name: 'Question from refunds' })
  await expect(question).toContainText('Which order is it about?')

  const other = await chat.openTab()
  await other.openConversation(id)
  const there = other.transcript.getByRole('group', { name: 'Question from refunds' })
  await there.getByRole('radio', { name: /^1043/ }).check()
  await there.getByRole('button', { name: 'Send answer' }).click()

  await expect(chat.answer.root).toContainText('$14.50 of order 1043 (Enamel mug) is refunded')
  await expect(other.answer.root).toContainText('$14.50 of order 1043 (Enamel mug) is refunded')
})

test('a writer asks two researchers at once, each inside its card', async ({ chat, page }) => {
  await chat.open()
  await page.getByRole('button', { name: /Let two researchers work/ }).click()
  await expect(chat.answer.root).toContainText('Budgets and receipts')
  await expect(chat.answer.tryAgainButton).toBeVisible({ timeout: 30_000 })
  await chat.answer.root.getByRole('button', { name: /Used 2 tools/ }).click()
  const cards = chat.answer.tool('research')
  await expect(cards).toHaveCount(2)
  await cards.first().getByRole('button').first().click()
  await expect(cards.first()).toContainText('Facts about budgets')
  await expect(cards.first()).toContainText('Under Settings')
  const receipt = await chat.answer.openReceipt()
  await expect(receipt.root).toContainText('researcher')
})

test('a weather report is a card, and not the JSON that the model wrote', async ({
  chat,
  page,
}) => {
  await chat.open()
  await page.getByRole('button', { name: /Get an answer as data/ }).click()
  const card = chat.answer.root.getByRole('region', { name: 'Weather report' })
  await expect(card).toContainText('snow showers')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await expect(chat.answer.root).not.toContainText('{"city"')
  await card.getByRole('button', { name: 'JSON', exact: true }).click()
  await expect(card).toContainText('"city": "Oslo"')
})

test.describe('with the plan premium', () => {
  test.use({ env: { TALLY_USER_TIER: 'premium' } })

  test('a billing question goes straight to billing, and the thread says why', async ({
    api,
    chat,
  }) => {
    const { id } = await api.createConversation({ agent: 'triage' })
    await chat.openConversation(id)
    await chat.send('Show my invoices')
    await expect(chat.transcript).toContainText(
      'billing took over by rule: premium customers with a billing question',
    )
    await expect(chat.answer.root).toContainText('INV-1045')
  })
})
